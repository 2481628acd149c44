/**
 * Negative check, for amounts that cannot be below zero (rain, storage, snow).
 *
 * Source: WMO-No. 8 (2018), volume V, chapter 1: limits that follow from the definition of the quantity.
 */

export type NegativeParameters = {
  /** Values down to minus this are taken for noise of the instrument; recommended 0 for manual gauges. */
  tolerance: number
}

/** Marks (1) each value below minus the tolerance. Minus zero and missing values are no hits. */
export function negative(
  _times: Float64Array,
  values: Float64Array,
  { tolerance }: NegativeParameters,
  out: Uint8Array = new Uint8Array(values.length),
  from = 0,
): Uint8Array {
  for (let i = from; i < values.length; i++) out[i] = values[i] < -tolerance ? 1 : 0
  return out
}
