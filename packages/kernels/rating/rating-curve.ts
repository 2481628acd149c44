/**
 * Rating curve: discharge from level and back, by power laws Q = a (h - h0)^b, one for each range of level.
 *
 * Source: WMO-No. 1044, Manual on Stream Gauging (2010), volume II, chapter 1, equation 1.1; ISO 18320:2020.
 */
import { exp, log, pow } from '../portable-mathematics.ts'

export type RatingSegment = {
  /** The segment holds from this level (m above gauge zero) up to the next segment's. */
  fromLevelM: number
  /** Factor, level of zero flow (m) and exponent. */
  a: number
  h0: number
  b: number
}

/** Segments in rising order of level. Below the first segment the first one is used; below its h0 the flow is zero. */
export type RatingCurve = readonly RatingSegment[]

/** Discharge (m3/s) at a level (m above gauge zero). */
export function ratedDischarge(curve: RatingCurve, levelM: number): number {
  if (Number.isNaN(levelM)) return NaN
  let k = curve.length - 1
  while (k > 0 && levelM < curve[k].fromLevelM) k--
  const { a, h0, b } = curve[k]
  return levelM <= h0 ? 0 : a * pow(levelM - h0, b)
}

/**
 * Level (m) at a discharge (m3/s): the inverse of the segment in whose range it lies. Where two segments do not meet, a
 * discharge inside the step has the level of the step. Zero or negative discharge gives the level of zero flow.
 */
export function ratedLevel(curve: RatingCurve, dischargeM3s: number): number {
  if (Number.isNaN(dischargeM3s)) return NaN
  let k = curve.length - 1
  while (k > 0 && dischargeM3s < ratedDischarge(curve, curve[k].fromLevelM)) k--
  const { a, h0, b } = curve[k]
  if (dischargeM3s <= 0) return h0
  const level = h0 + exp(log(dischargeM3s / a) / b)
  return k + 1 < curve.length ? Math.min(level, curve[k + 1].fromLevelM) : level
}
