/** A value from a cell: the decimal mark, the texts that say "missing", and the flags of a profile. */
import { flags, isFlagName } from '@lanmei/model/flag'
import type { Cells } from '../text/cells.ts'
import { parseNumber } from '../text/number.ts'
import type { CsvProfile } from './profile.ts'

export type ReadValue = {
  /** The value, NaN where the cell says missing. `malformed` is true when it is neither. */
  read(cells: Cells, cell: number): number
  malformed: boolean
  /** Flag code of a text, undefined when it is not known. */
  flag(text: string): number | undefined
}

const ownFlags = new Set<number>(Object.values(flags))

export function valueReader(profile: Pick<CsvProfile, 'decimal' | 'missing' | 'flags'>): ReadValue {
  const decimal = profile.decimal === ',' ? 44 : 46
  const texts = new Set((profile.missing ?? []).map((text) => text.trim().toLowerCase()))
  const numbers = [...texts]
    .filter((text) => text !== '')
    .map(Number)
    .filter((n) => !Number.isNaN(n))
  const result: ReadValue = {
    malformed: false,
    read(cells, cell) {
      result.malformed = false
      const value = parseNumber(cells.bytes, cells.starts[cell], cells.ends[cell], decimal)
      if (!Number.isNaN(value)) return numbers.length > 0 && numbers.includes(value) ? Number.NaN : value
      result.malformed = !texts.has(cells.text(cell).text.toLowerCase())
      return Number.NaN
    },
    flag(text) {
      const listed = profile.flags
      if (listed && Object.hasOwn(listed, text)) return listed[text]
      const lower = text.toLowerCase()
      if (isFlagName(lower) && Object.hasOwn(flags, lower)) return flags[lower]
      const code = Number(text)
      return ownFlags.has(code) ? code : undefined
    },
  }
  return result
}
