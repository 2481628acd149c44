/**
 * Day-of-year climatology: percentiles of the values of all years in a window of days around each date.
 *
 * Source: WMO-No. 1203, WMO Guidelines on the Calculation of Climate Normals (2017), section 4 (quantiles); moving window over
 * days as in X. Zhang et al., Avoiding inhomogeneity in percentile-based indices, Journal of Climate 18 (2005).
 */
import { quantile } from './quantile.ts'

export const SLOTS = 366

export type ClimatologyParameters = {
  /** Days taken on each side of the date; recommended 5. The window runs over the turn of the year. */
  halfWindow: number
  /** Percentiles from 0 to 100, ascending; recommended 0, 10, 25, 50, 75, 90, 100. */
  percentiles: readonly number[]
}

export type Climatology = {
  percentiles: readonly number[]
  /** Row for day-of-year slot s (1 to 366) at (s - 1) x percentiles.length; NaN where the window is empty. */
  table: Float64Array
  /** Number of years with at least one value in the window, by slot - 1. */
  years: Uint16Array
}

/**
 * Percentile table from daily values with their year and day-of-year slot (see calendarColumns: 29 February is slot 60,
 * which only leap years fill; its window takes the neighbouring days of every year, so the row is as sound as the others).
 */
export function climatology(
  values: Float64Array,
  years: Int32Array,
  slots: Uint16Array,
  { halfWindow, percentiles }: ClimatologyParameters,
): Climatology {
  const start = new Int32Array(SLOTS + 2)
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) start[slots[i] + 1]++
  for (let s = 1; s < start.length; s++) start[s] += start[s - 1]
  const grouped = new Float64Array(start[SLOTS + 1])
  const groupedYears = new Int32Array(grouped.length)
  const next = start.slice()
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue
    const at = next[slots[i]]++
    grouped[at] = values[i]
    groupedYears[at] = years[i]
  }

  const table = new Float64Array(SLOTS * percentiles.length).fill(NaN)
  const counts = new Uint16Array(SLOTS)
  const window = new Float64Array(grouped.length)
  for (let slot = 1; slot <= SLOTS; slot++) {
    let n = 0
    const seen = new Set<number>()
    for (let shift = -halfWindow; shift <= halfWindow; shift++) {
      const s = ((slot - 1 + shift + SLOTS) % SLOTS) + 1
      for (let k = start[s]; k < start[s + 1]; k++) {
        window[n++] = grouped[k]
        seen.add(groupedYears[k])
      }
    }
    const sorted = window.subarray(0, n).sort()
    counts[slot - 1] = seen.size
    for (let p = 0; p < percentiles.length; p++) {
      table[(slot - 1) * percentiles.length + p] = quantile(sorted, percentiles[p] / 100)
    }
  }
  return { percentiles, table, years: counts }
}

/** The row of percentiles of one day-of-year slot (1 to 366). */
export function climatologyRow({ table, percentiles }: Climatology, slot: number): Float64Array {
  return table.subarray((slot - 1) * percentiles.length, slot * percentiles.length)
}
