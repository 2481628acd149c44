/**
 * How each language writes numbers and dates. Written out here because a server and a browser with different versions of
 * the Unicode locale data would write them differently, and the page would flicker. After CLDR 46. Pure.
 */
import type { Language } from '@lanmei/model/language'

type Customs = { group: string; decimal: string; comma: string; months: readonly string[]; day: string }

const split = (names: string) => names.split(' ')

export const customs: Readonly<Record<Language, Customs>> = {
  zh: {
    group: ',',
    decimal: '.',
    comma: '、',
    months: split('1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月'),
    day: '{y}年{mon}{d}日',
  },
  en: {
    group: ',',
    decimal: '.',
    comma: ', ',
    months: split('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'),
    day: '{d} {mon} {y}',
  },
  km: {
    group: '.',
    decimal: ',',
    comma: ', ',
    months: split('មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ'),
    day: '{d} {mon} {y}',
  },
  lo: {
    group: '.',
    decimal: ',',
    comma: ', ',
    months: split('ມ.ກ. ກ.ພ. ມ.ນ. ມ.ສ. ພ.ພ. ມິ.ຖ. ກ.ລ. ສ.ຫ. ກ.ຍ. ຕ.ລ. ພ.ຈ. ທ.ວ.'),
    day: '{d} {mon} {y}',
  },
  my: {
    group: ',',
    decimal: '.',
    comma: '၊ ',
    months: split('ဇန် ဖေ မတ် ဧပြီ မေ ဇွန် ဇူ ဩဂုတ် စက် အောက် နို ဒီ'),
    day: '{y} {mon} {d}',
  },
  th: {
    group: ',',
    decimal: '.',
    comma: ', ',
    months: split('ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.'),
    day: '{d} {mon} {y}',
  },
  vi: {
    group: '.',
    decimal: ',',
    comma: ', ',
    months: split('thg.1 thg.2 thg.3 thg.4 thg.5 thg.6 thg.7 thg.8 thg.9 thg.10 thg.11 thg.12'),
    day: '{d} {mon}, {y}',
  },
}

/** Code point of the zero of each numbering system we offer. */
const zeros: Readonly<Record<string, number>> = { khmr: 0x17e0, laoo: 0x0ed0, mymr: 0x1040, thai: 0x0e50 }

/** Replaces the international digits of a text by those of a numbering system. */
export function inNumerals(text: string, numerals: string): string {
  const zero = zeros[numerals]
  return zero === undefined
    ? text
    : text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))
}

/** A number with fixed decimals and grouped thousands. */
export function writtenNumber(value: number, decimals: number, language: Language): string {
  const { group, decimal } = customs[language]
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
  const negative = value < 0 && /[1-9]/.test(whole + (fraction ?? ''))
  return `${negative ? '−' : ''}${grouped}${fraction ? decimal + fraction : ''}`
}

export type Clock = { year: number; month: number; day: number; hour: number; minute: number; zone: string }

const clocks = new Map<string, Intl.DateTimeFormat>()

/** What calendar and clock on the wall show in a zone; `zone` as UTC+7 or UTC+6:30. */
export function clockAt(ms: number, timeZone: string): Clock {
  let format = clocks.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    })
    clocks.set(timeZone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]))
  const offset = /([+-])0?(\d+):(\d\d)/.exec(parts.timeZoneName ?? '')
  const zone =
    offset && (offset[2] !== '0' || offset[3] !== '00')
      ? `UTC${offset[1] === '-' ? '−' : '+'}${offset[2]}${offset[3] === '00' ? '' : `:${offset[3]}`}`
      : 'UTC'
  return {
    year: Number(parts.year),
    month: Number(parts.month),
    day: Number(parts.day),
    hour: Number(parts.hour),
    minute: Number(parts.minute),
    zone,
  }
}
