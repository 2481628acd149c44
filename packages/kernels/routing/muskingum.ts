/**
 * Muskingum channel routing.
 *   Q[t] = c0 I[t] + c1 I[t-1] + c2 Q[t-1],  c0 + c1 + c2 = 1
 *
 * Sources: G. T. McCarthy (1938); V. T. Chow, D. R. Maidment and L. W. Mays, Applied Hydrology (1988), section 8.4, equations
 * 8.4.7 to 8.4.10 (there numbered C1 to C3). Negative coefficients are avoided by 2 k x <= step <= 2 k (1 - x).
 */

export type MuskingumParameters = {
  /** Travel time of the reach, in the same unit of time as `step`. */
  k: number
  /** Weight of the inflow, 0 (a reservoir) to 0.5 (pure translation). */
  x: number
  step: number
}

/** Routes through one reach; `first` is the outflow at the first step (recommended: the first inflow). */
export function muskingum(
  inflow: Float64Array,
  { k, x, step }: MuskingumParameters,
  first: number,
  out: Float64Array = new Float64Array(inflow.length),
): Float64Array {
  const d = 2 * k * (1 - x) + step
  const c0 = (step - 2 * k * x) / d
  const c1 = (step + 2 * k * x) / d
  const c2 = (2 * k * (1 - x) - step) / d
  let before = inflow[0]
  out[0] = first
  for (let t = 1; t < inflow.length; t++) {
    const now = inflow[t] // read before writing: out may be the same array
    out[t] = c0 * now + c1 * before + c2 * out[t - 1]
    before = now
  }
  return out
}

/**
 * Routes through a reach of any travel time without negative coefficients: a long reach is cut into equal parts, for a short
 * one the step is divided, with the inflow taken as linear between its values. Begins in steady flow with the first inflow.
 */
export function muskingumReach(
  inflow: Float64Array,
  { k, x, step }: MuskingumParameters,
  out: Float64Array = new Float64Array(inflow.length),
): Float64Array {
  if (k <= 0) {
    out.set(inflow)
    return out
  }
  const divisions = Math.max(1, Math.ceil(step / (2 * k * (1 - x))))
  const shortStep = step / divisions
  const parts = Math.max(1, Math.ceil((2 * k * x) / shortStep))
  // After the cut a part may be too short for the step again: then the step is divided once more.
  const again = Math.max(1, Math.ceil(shortStep / ((2 * k * (1 - x)) / parts)))
  const fine = divisions * again
  const flow = new Float64Array((inflow.length - 1) * fine + 1)
  for (let i = 0; i < flow.length; i++) {
    const at = Math.floor(i / fine)
    const share = (i % fine) / fine
    flow[i] = share === 0 ? inflow[at] : inflow[at] + share * (inflow[at + 1] - inflow[at])
  }
  const part = { k: k / parts, x, step: step / fine }
  for (let n = 0; n < parts; n++) muskingum(flow, part, flow[0], flow)
  for (let t = 0; t < inflow.length; t++) out[t] = flow[t * fine]
  return out
}
