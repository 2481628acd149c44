/**
 * Return levels with confidence intervals by the parametric bootstrap.
 *
 * Sources: Hosking and Wallis, Regional Frequency Analysis (1997), section 2.9; B. Efron and R. J. Tibshirani, An Introduction to
 * the Bootstrap (1993), sections 6.5 and 13.3 (percentile interval). The generator is seeded: the same intervals everywhere.
 */
import { randomGenerator } from '../random/generator.ts'
import { quantile } from '../statistics/quantile.ts'
import { type DistributionId, type FittedDistribution, fitDistribution } from './distributions.ts'

export type ReturnLevelParameters = {
  distribution: DistributionId
  /** Whether the sample holds annual highest values (floods) or annual lowest values (low flow). */
  extreme: 'highest' | 'lowest'
  /** Return periods in years, above 1; recommended 2, 5, 10, 20, 50, 100. */
  returnPeriods: readonly number[]
  /** Share of the bootstrap samples inside the interval; recommended 0.9. */
  confidence: number
  /** Bootstrap samples; recommended 1000; 0 for no intervals (low and high are then NaN). */
  replicates: number
  seed: number
}

export type ReturnLevel = { years: number; value: number; low: number; high: number }

/** Fits the sample of annual extremes (NaN left out) and gives the level of each return period. */
export function returnLevels(
  sample: Float64Array,
  { distribution, extreme, returnPeriods, confidence, replicates, seed }: ReturnLevelParameters,
): { fitted: FittedDistribution; levels: ReturnLevel[] } {
  const present = sample.filter((value) => !Number.isNaN(value))
  const fitted = fitDistribution(distribution, present)
  const probabilities = returnPeriods.map((years) => (extreme === 'highest' ? 1 - 1 / years : 1 / years))
  const random = randomGenerator(seed)
  const drawn = new Float64Array(present.length)
  const replicated = probabilities.map(() => new Float64Array(replicates))
  for (let r = 0; r < replicates; r++) {
    for (let i = 0; i < drawn.length; i++) drawn[i] = fitted.draw(random)
    const refitted = fitDistribution(distribution, drawn)
    for (let k = 0; k < probabilities.length; k++) replicated[k][r] = refitted.quantile(probabilities[k])
  }
  const levels = returnPeriods.map((years, k) => {
    const sorted = replicated[k].sort()
    return {
      years,
      value: fitted.quantile(probabilities[k]),
      low: quantile(sorted, (1 - confidence) / 2),
      high: quantile(sorted, (1 + confidence) / 2),
    }
  })
  return { fitted, levels }
}
