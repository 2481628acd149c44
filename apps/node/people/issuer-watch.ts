/** Watches over the OpenID Connect service: when it does not answer that is an alarm, and once it does people can sign in by it. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config.ts'
import type { Services } from '../status/part-states.ts'
import { discoveryUrl } from './sign-in.ts'

const patienceMs = 5000

/** Asks the issuer (an address of the operator's settings) every minute. `reopen` is called when it answers for the first time after it did not. */
export function watchIssuer(
  { oidc }: Pick<Config, 'oidc'>,
  services: Services,
  reopen: () => void,
  everyMs = 60_000,
): { close(): Promise<void> } {
  if (!oidc) return { close: async () => {} }
  const closing = new AbortController()
  let wasAway = false
  const running = (async () => {
    while (!closing.signal.aborted) {
      const reason = await whyAway(discoveryUrl(oidc.issuer), closing.signal)
      if (closing.signal.aborted) return
      if (reason === undefined && wasAway) reopen()
      wasAway = reason !== undefined
      services.report('oidc', wasAway ? 'failed' : 'ok', reason ?? oidc.issuer)
      await sleep(everyMs, undefined, { signal: closing.signal, ref: false }).catch(() => {})
    }
  })()
  return {
    async close() {
      closing.abort()
      await running
    },
  }
}

async function whyAway(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) })
    const { authorization_endpoint } = (await answer.json()) as { authorization_endpoint?: unknown }
    if (answer.ok && typeof authorization_endpoint === 'string') return undefined
    return `${url} gives no description of an issuer`
  } catch {
    return `${url} does not answer`
  }
}
