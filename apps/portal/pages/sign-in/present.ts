/** Signing in: what must be typed before it is sent, and where to go afterwards. Pure. */
import { wayBack } from '../../shell/preferences.ts'
import type { TextKey } from '../../shell/reader.ts'

export type Wrong<T> = Partial<Record<keyof T, TextKey>>
export type Credentials = { email: string; password: string }

export function credentialsWrong({ email, password }: Credentials): Wrong<Credentials> {
  const wrong: Wrong<Credentials> = {}
  if (!isAddress(email)) wrong.email = email.trim() ? 'form.email-malformed' : 'form.email-missing'
  if (!password) wrong.password = 'form.password-missing'
  return wrong
}

/** As the node judges it. */
export function isAddress(text: string): boolean {
  return /^[^@\s]+@[^@\s]+$/.test(text.trim()) && text.trim().length <= 254
}

/** The digits of a code as typed: readers put spaces between, and some keyboards write their own digits. */
export function codeDigits(typed: string): string {
  const own = [0x17e0, 0x0ed0, 0x1040, 0x0e50, 0xff10, 0x1090]
  return [...typed]
    .map((character) => {
      const point = character.codePointAt(0) as number
      const zero = own.find((first) => point >= first && point < first + 10)
      return zero === undefined ? character : String(point - zero)
    })
    .join('')
    .replace(/[\s-]/g, '')
}

/** The page asked for before signing in; the first page when none was, or when it is the sign-in itself. */
export function nextPage(search: string): string {
  const next = wayBack(new URLSearchParams(search).get('next'))
  return /^\/(sign-in|set-up)/.test(next) ? '/' : next
}
