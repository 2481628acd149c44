/** The own account: what is wrong with a new password, the parts of a second factor, devices by name. Pure. */
import type { TextKey } from '../../shell/reader.ts'
import type { Wrong } from '../sign-in/present.ts'

export type NewPassword = { current: string; next: string; again: string }

/** As the node judges passwords: 12 to 128 characters; no rule about kinds of characters. */
export function passwordWrong(password: string): TextKey | undefined {
  if (!password) return 'form.password-missing'
  if (password.length < 12) return 'problem.password-short'
  return password.length > 128 ? 'problem.password-long' : undefined
}

export function newPasswordWrong({ current, next, again }: NewPassword): Wrong<NewPassword> {
  const wrong: Wrong<NewPassword> = {}
  if (!current) wrong.current = 'form.password-missing'
  const fault = passwordWrong(next) ?? (next === current ? 'account.password-same' : undefined)
  if (fault) wrong.next = fault
  else if (again !== next) wrong.again = 'account.password-differs'
  return wrong
}

/** The secret of an otpauth address in groups of four, for typing it off. */
export function secretOf(totpUri: string): string {
  const secret = URL.canParse(totpUri) ? (new URL(totpUri).searchParams.get('secret') ?? '') : ''
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}

/** One path for all dark squares of a QR code: one unit a square, without its border. */
export function squaresPath(dark: readonly (readonly boolean[])[]): string {
  let path = ''
  for (const [y, row] of dark.entries())
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`
    }
  return path
}

const browsers = ['Edg', 'OPR', 'SamsungBrowser', 'Firefox', 'Chrome', 'Safari']
const browserNames: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', SamsungBrowser: 'Samsung Internet' }
const systems: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** Browser and system out of a user agent; the agent itself where neither is known. */
export function deviceName(agent: string | null | undefined): string {
  if (!agent) return ''
  const browser = browsers.find((name) => agent.includes(`${name}/`))
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1]
  const parts = [browser && (browserNames[browser] ?? browser), system].filter(Boolean)
  return parts.length ? parts.join(' · ') : agent.slice(0, 60)
}
