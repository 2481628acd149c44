/** Checks a proof where the reader is: nothing the node says about itself is believed but its keys. */
import { toHex } from '@lanmei/exchange/byte-text'
import { type Entry, entryLeafHash } from '@lanmei/exchange/entry'
import { type Step, verifyEntry } from '@lanmei/exchange/verify-entry'
import type { Proof } from '../../shell/told.ts'

export type CheckStep = { name: Step['name'] | 'value'; state: Step['state']; detail?: string }
export type Checkup = { ok: boolean; steps: CheckStep[] }

/** The five steps of the journal, and that the body really says the value at the time. */
export function checkProof(proof: Proof): Checkup {
  const body = parsed(proof.body)
  const { steps, ok } = verifyEntry({
    entry: proof.entry,
    salt: proof.salt,
    body,
    proof: { leaf: leafOf(proof.entry), ...proof.inclusion },
    checkpoint: proof.checkpoint,
    keys: proof.keys,
  })
  const value = saysValue(body, Date.parse(proof.time), proof.value)
  return { ok: ok && value, steps: [...steps, { name: 'value', state: value ? 'ok' : 'failed' }] }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function leafOf(entry: unknown): string | undefined {
  try {
    return toHex(entryLeafHash(entry as Entry))
  } catch {
    return undefined
  }
}

/** Looks for the time among the columns of a block and compares the value beside it. */
function saysValue(body: unknown, ms: number, value: number | null): boolean {
  const { times, values } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  if (!Array.isArray(times) || !Array.isArray(values)) return false
  const at = times.findIndex((time) => (typeof time === 'number' ? time : Date.parse(String(time))) === ms)
  return at >= 0 && (values[at] ?? null) === value
}
