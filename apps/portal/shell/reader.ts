/** What a page needs to speak to one reader: texts, numbers, times, names, in the chosen language and customs. Pure. */
import { inLanguage, type Language, type Words } from '@lanmei/model/language'
import IntlMessageFormat from 'intl-messageformat'
import type en from '../texts/en.json'
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
  /** Any other cut of a date. */
  date(ms: number, options: Intl.DateTimeFormatOptions): string
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
  const numbers = memo(
    (decimals: string) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: Number(decimals),
        maximumFractionDigits: Number(decimals),
      }),
  )
  const dates = memo((options: string) => new Intl.DateTimeFormat(locale, JSON.parse(options)))
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })

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
  const date = (ms: number, options: Intl.DateTimeFormatOptions) =>
    dates(JSON.stringify(options)).format(new Date(ms))
  const moment = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  } as const

  return {
    language,
    preferences,
    locale,
    find,
    t: (key, values) => find(key, values) ?? key,
    number: (value, decimals = 2) =>
      value === null || value === undefined || Number.isNaN(value)
        ? '–'
        : numbers(String(decimals)).format(value),
    signed: (value, decimals = 2) =>
      `${value > 0 ? '+' : value < 0 ? '−' : '±'}${numbers(String(decimals)).format(Math.abs(value))}`,
    time: (ms, timeZone) => date(ms, { ...moment, hourCycle: 'h23', timeZone, timeZoneName: 'shortOffset' }),
    utc: (ms) => date(ms, { ...moment, hourCycle: 'h23', timeZone: 'UTC', timeZoneName: 'short' }),
    day: (ms, timeZone) => date(ms, { year: 'numeric', month: 'short', day: 'numeric', timeZone }),
    date,
    ago(ms, nowMs) {
      const minutes = Math.round((ms - nowMs) / 60_000)
      if (Math.abs(minutes) < 90) return relative.format(minutes, 'minute')
      if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour')
      return relative.format(Math.round(minutes / 1440), 'day')
    },
    list: (parts) => lists.format(parts),
    name(words, otherwise = '') {
      if (!words) return { text: otherwise }
      const found = inLanguage(words, language)
      if (!found.text) return { text: otherwise }
      return found.language === language ? { text: found.text } : { text: found.text, lang: found.language }
    },
  }
}

function memo<T>(make: (key: string) => T): (key: string) => T {
  const kept = new Map<string, T>()
  return (key) => {
    let value = kept.get(key)
    if (value === undefined) {
      value = make(key)
      kept.set(key, value)
    }
    return value
  }
}
