/** What a page needs to speak to one reader: texts, numbers, times, names, in the chosen language and customs. Pure. */
import { inLanguage, type Language, type Words } from '@lanmei/model/language'
import IntlMessageFormat from 'intl-messageformat'
import type en from '../texts/en.json'
import { clockAt, customs, inNumerals, writtenNumber } from './customs.ts'
import { numberingSystems, type Preferences } from './preferences.ts'

export type TextKey = keyof typeof en
export type Texts = Readonly<Record<string, string>>
export type Values = Record<string, string | number | Date>
/** A text in another language than the page's carries its `lang`. */
export type NamedText = { text: string; lang?: Language }

export type Reader = {
  readonly language: Language
  readonly preferences: Preferences
  /** BCP 47 tag with calendar and numerals, for Intl. */
  readonly locale: string
  /** The text of a key with its values; English where a translation is missing. */
  t(key: TextKey, values?: Values): string
  /** The text of a key made at run time (`state.${state}`), or undefined when there is none. */
  find(key: string, values?: Values): string | undefined
  /** A number with a fixed number of decimals; a dash for null and NaN. */
  number(value: number | null | undefined, decimals?: number): string
  /** A number with its sign, for changes. */
  signed(value: number, decimals?: number): string
  /** Date and time in a zone, with the zone's short name. */
  time(ms: number, timeZone: string): string
  /** Date and time in UTC. */
  utc(ms: number): string
  /** Date alone in a zone. */
  day(ms: number, timeZone: string): string
  /** Day and month without the year. */
  monthDay(ms: number, timeZone: string): string
  /** Short name of a month, 1 to 12. */
  month(month: number): string
  /** Year in the reader's calendar. */
  year(year: number): string
  /** Hours and minutes. */
  clock(ms: number, timeZone: string): string
  /** How long ago, in words. */
  ago(ms: number, nowMs: number): string
  list(parts: string[]): string
  /** A name in the reader's language, else in another one with its code. */
  name(words: Words | undefined, fallback?: string): NamedText
}

const regions: Readonly<Record<Language, string>> = {
  zh: 'zh-CN',
  en: 'en-GB',
  km: 'km-KH',
  lo: 'lo-LA',
  my: 'my-MM',
  th: 'th-TH',
  vi: 'vi-VN',
}

/** Makes a reader's voice. `fallback` are the English texts where they are at hand (server and tests). */
export function makeReader(preferences: Preferences, texts: Texts, fallback: Texts = {}): Reader {
  const { language, calendar, ownNumerals } = preferences
  const numerals = (ownNumerals && numberingSystems[language]) || 'latn'
  const locale = `${regions[language]}-u-ca-${calendar}-nu-${numerals}`
  const messages = new Map<string, IntlMessageFormat>()
  const custom = customs[language]
  const own = (text: string) => inNumerals(text, numerals)
  const two = (value: number) => String(value).padStart(2, '0')

  function find(key: string, values?: Values): string | undefined {
    const text = texts[key] ?? fallback[key]
    if (text === undefined) return undefined
    let message = messages.get(key)
    if (!message) {
      message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
      messages.set(key, message)
    }
    return String(message.format(values))
  }
  const year = (gregorian: number) => own(String(calendar === 'buddhist' ? gregorian + 543 : gregorian))
  const month = (n: number) => own(custom.months[n - 1])
  function dayOf(ms: number, timeZone: string): string {
    const at = clockAt(ms, timeZone)
    return custom.day
      .replace('{y}', year(at.year))
      .replace('{mon}', month(at.month))
      .replace('{d}', own(String(at.day)))
  }
  function clock(ms: number, timeZone: string): string {
    const at = clockAt(ms, timeZone)
    return own(`${two(at.hour)}:${two(at.minute)}`)
  }
  const time = (ms: number, timeZone: string) =>
    `${dayOf(ms, timeZone)}${language === 'zh' ? ' ' : ', '}${clock(ms, timeZone)} ${clockAt(ms, timeZone).zone}`

  return {
    language,
    preferences,
    locale,
    find,
    t: (key, values) => find(key, values) ?? key,
    number: (value, decimals = 2) =>
      value === null || value === undefined || Number.isNaN(value)
        ? '–'
        : own(writtenNumber(value, decimals, language)),
    signed: (value, decimals = 2) =>
      `${value > 0 ? '+' : value < 0 ? '−' : '±'}${own(writtenNumber(Math.abs(value), decimals, language))}`,
    time,
    utc: (ms) => time(ms, 'UTC'),
    day: dayOf,
    monthDay(ms, timeZone) {
      const at = clockAt(ms, timeZone)
      if (language === 'zh') return `${month(at.month)}${own(String(at.day))}日`
      return language === 'my'
        ? `${month(at.month)} ${own(String(at.day))}`
        : `${own(String(at.day))} ${month(at.month)}`
    },
    month,
    year,
    clock,
    ago(ms, nowMs) {
      const minutes = Math.max(0, Math.round((nowMs - ms) / 60_000))
      if (minutes < 90) return find('time.minutes-ago', { count: minutes }) ?? ''
      if (minutes < 48 * 60) return find('time.hours-ago', { count: Math.round(minutes / 60) }) ?? ''
      const days = Math.round(minutes / 1440)
      if (days < 60) return find('time.days-ago', { count: days }) ?? ''
      if (days < 730) return find('time.months-ago', { count: Math.round(days / 30.44) }) ?? ''
      return find('time.years-ago', { count: Math.floor(days / 365.25) }) ?? ''
    },
    list: (parts) => parts.join(custom.comma),
    name(words, otherwise = '') {
      if (!words) return { text: otherwise }
      const found = inLanguage(words, language)
      if (!found.text) return { text: otherwise }
      return found.language === language ? { text: found.text } : { text: found.text, lang: found.language }
    },
  }
}
