/** What a reader chose: language, theme, calendar, numerals. Kept in one cookie; first visit from Accept-Language. Pure. */
import { isLanguage, type Language } from '@lanmei/model/language'

export type Theme = 'auto' | 'light' | 'dark'
export type Calendar = 'gregory' | 'buddhist'
export type Preferences = { language: Language; theme: Theme; calendar: Calendar; ownNumerals: boolean }

export const cookieName = 'lanmei-view'

/** Each language by its own name, in the order of the header. */
export const languageNames: Readonly<Record<Language, string>> = {
  zh: '中文',
  en: 'English',
  km: 'ខ្មែរ',
  lo: 'ລາວ',
  my: 'မြန်မာ',
  th: 'ไทย',
  vi: 'Tiếng Việt',
}

/** CLDR numbering system of the language's own digits; absent where readers use the international ones. */
export const numberingSystems: Partial<Record<Language, string>> = {
  km: 'khmr',
  lo: 'laoo',
  my: 'mymr',
  th: 'thai',
}

/** Languages whose readers also count years in the Buddhist era. */
export const buddhistEra: readonly Language[] = ['km', 'lo', 'th']

/** The best of the seven for an Accept-Language header; English when none fits. */
export function acceptedLanguage(header: string | null): Language {
  const wishes = (header ?? '').split(',').map((part, place) => {
    const [tag, ...parameters] = part.trim().split(';')
    const q = parameters.map((p) => /^\s*q=([0-9.]+)\s*$/.exec(p)?.[1]).find((found) => found !== undefined)
    return { code: tag.toLowerCase().split('-')[0], weight: q === undefined ? 1 : Number(q), place }
  })
  wishes.sort((a, b) => b.weight - a.weight || a.place - b.place)
  const best = wishes.find(({ code, weight }) => isLanguage(code) && weight > 0)
  return best && isLanguage(best.code) ? best.code : 'en'
}

/** Reads the preferences out of a request's headers; anything unreadable falls back to its default. */
export function readPreferences(headers: Headers): Preferences {
  const kept = new URLSearchParams(cookieValue(headers.get('cookie') ?? ''))
  const code = kept.get('language') ?? ''
  const language = isLanguage(code) ? code : acceptedLanguage(headers.get('accept-language'))
  return {
    language,
    theme: oneOf(kept.get('theme'), ['light', 'dark'] as const) ?? 'auto',
    calendar:
      oneOf(kept.get('calendar'), ['gregory', 'buddhist'] as const) ??
      (language === 'th' ? 'buddhist' : 'gregory'),
    ownNumerals: kept.get('numerals') === 'own' && numberingSystems[language] !== undefined,
  }
}

/** The Set-Cookie text that keeps the asked changes beside what was kept before; undefined when nothing is valid. */
export function changedCookie(headers: Headers, asked: URLSearchParams, secure: boolean): string | undefined {
  const kept = new URLSearchParams(cookieValue(headers.get('cookie') ?? ''))
  const allowed: Record<string, (value: string) => boolean> = {
    language: isLanguage,
    theme: (value) => ['auto', 'light', 'dark'].includes(value),
    calendar: (value) => ['gregory', 'buddhist'].includes(value),
    numerals: (value) => ['own', 'latn'].includes(value),
  }
  let changed = false
  for (const [name, valid] of Object.entries(allowed)) {
    const value = asked.get(name)
    if (value === null || !valid(value)) continue
    kept.set(name, value)
    changed = true
  }
  if (!changed) return undefined
  const year = 365 * 24 * 3600
  return `${cookieName}=${encodeURIComponent(kept.toString())}; Path=/; Max-Age=${year}; SameSite=Lax${secure ? '; Secure' : ''}`
}

/** A way back inside this portal; an address elsewhere becomes the first page. */
export function wayBack(asked: string | null): string {
  return asked && /^\/(?![/\\])[^\s]*$/.test(asked) ? asked : '/'
}

function cookieValue(header: string): string {
  for (const part of header.split(';')) {
    const [name, ...rest] = part.trim().split('=')
    if (name !== cookieName) continue
    try {
      return decodeURIComponent(rest.join('='))
    } catch {
      return ''
    }
  }
  return ''
}

function oneOf<T extends string>(value: string | null, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value)
}
