/**
 * Lag routing: the hydrograph arrives later and unchanged.
 *
 * Source: WMO-No. 168, Guide to Hydrological Practices (2009), volume II, section 6.3.5 (translation of the flood wave); a
 * fraction of a step is taken by linear interpolation.
 */

/** Values delayed by `lagSteps` (>= 0, may be a fraction). Before the first arrival the first value is repeated. */
export function lag(
  inflow: Float64Array,
  lagSteps: number,
  out: Float64Array = new Float64Array(inflow.length),
): Float64Array {
  for (let t = 0; t < inflow.length; t++) {
    const from = Math.max(0, t - lagSteps)
    const before = Math.floor(from)
    const share = from - before
    out[t] = share === 0 ? inflow[before] : inflow[before] + share * (inflow[before + 1] - inflow[before])
  }
  return out
}
