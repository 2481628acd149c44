/**
 * Range check: a value outside what is possible (or plausible) at this place is a hit.
 *
 * Source: WMO-No. 8, Guide to Instruments and Methods of Observation (2018), volume V, chapter 1 (plausible value check);
 * IOC Manuals and Guides 22 (GTSPP), test 2.4 (regional range).
 */

export type RangeParameters = {
  /** Smallest value that is accepted; -Infinity for none. */
  minimum: number
  /** Largest value that is accepted; Infinity for none. */
  maximum: number
}

/**
 * Marks in `out` (1 = hit, 0 = none) each value below the minimum or above the maximum. Missing values are never hits.
 * Values before index `from` are context: they are read where a check needs them and their marks are left alone.
 *
 * Recommended where nothing else is known: level above gauge zero -3 to 40 m, discharge -10000 (reverse flow of the
 * Tonle Sap) to 120000 m3/s, rain of a day 0 to 500 mm.
 */
export function range(
  _times: Float64Array,
  values: Float64Array,
  { minimum, maximum }: RangeParameters,
  out: Uint8Array = new Uint8Array(values.length),
  from = 0,
): Uint8Array {
  for (let i = from; i < values.length; i++) out[i] = values[i] < minimum || values[i] > maximum ? 1 : 0
  return out
}
