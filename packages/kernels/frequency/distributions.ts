/**
 * The distributions of flood frequency under one shape, so that return levels and goodness of fit treat them alike.
 * Sources: in the file of each distribution.
 */
import { exp } from '../portable-mathematics.ts'
import type { RandomGenerator } from '../random/generator.ts'
import { fitGev, type GevParameters, gevDistribution, gevQuantile } from './gev.ts'
import { fitGumbel, type GumbelParameters, gumbelDistribution, gumbelQuantile } from './gumbel.ts'
import { lMoments } from './l-moments.ts'
import {
  fitPearson3,
  logarithms,
  logPearson3Distribution,
  logPearson3Quantile,
  type Pearson3Parameters,
  pearson3Distribution,
  pearson3Quantile,
} from './pearson3.ts'

export type DistributionId = 'gev' | 'gumbel' | 'pearson3' | 'log-pearson3'

/** A distribution with its parameters fixed by a sample. */
export type FittedDistribution = {
  id: DistributionId
  /** By the names of the distribution's own file. Those of log-pearson3 belong to the natural logarithms. */
  parameters: Record<string, number>
  /** Value not exceeded with the given probability. */
  quantile(probability: number): number
  distribution(x: number): number
  /** One random value. */
  draw(random: RandomGenerator): number
}

/** Fits by L-moments; at least four present values, for log-pearson3 all above zero (RangeError otherwise). */
export function fitDistribution(id: DistributionId, values: Float64Array): FittedDistribution {
  const moments = lMoments(id === 'log-pearson3' ? logarithms(values) : values)
  if (moments.count < 4) throw new RangeError(`four values are needed to fit ${id}, not ${moments.count}`)
  if (id === 'gev') return gev(fitGev(moments))
  if (id === 'gumbel') return gumbel(fitGumbel(moments))
  const parameters = fitPearson3(moments)
  return id === 'pearson3' ? pearson3(parameters) : logPearson3(parameters)
}

function gev(parameters: GevParameters): FittedDistribution {
  return {
    id: 'gev',
    parameters,
    quantile: (p) => gevQuantile(parameters, p),
    distribution: (x) => gevDistribution(parameters, x),
    draw: (random) => gevQuantile(parameters, random.uniform()),
  }
}

function gumbel(parameters: GumbelParameters): FittedDistribution {
  return {
    id: 'gumbel',
    parameters,
    quantile: (p) => gumbelQuantile(parameters, p),
    distribution: (x) => gumbelDistribution(parameters, x),
    draw: (random) => gumbelQuantile(parameters, random.uniform()),
  }
}

function pearson3(parameters: Pearson3Parameters): FittedDistribution {
  return {
    id: 'pearson3',
    parameters,
    quantile: (p) => pearson3Quantile(parameters, p),
    distribution: (x) => pearson3Distribution(parameters, x),
    draw: (random) => drawPearson3(parameters, random),
  }
}

function logPearson3(parameters: Pearson3Parameters): FittedDistribution {
  return {
    id: 'log-pearson3',
    parameters,
    quantile: (p) => logPearson3Quantile(parameters, p),
    distribution: (x) => logPearson3Distribution(parameters, x),
    draw: (random) => exp(drawPearson3(parameters, random)),
  }
}

/** A gamma variate is much cheaper than the quantile of a uniform one. */
function drawPearson3({ mean, deviation, skewness }: Pearson3Parameters, random: RandomGenerator): number {
  const skew = Math.abs(skewness)
  if (skew < 1e-6) return mean + deviation * random.normal()
  const alpha = 4 / (skew * skew)
  return mean + (Math.sign(skewness) * deviation * skew * (random.gamma(alpha) - alpha)) / 2
}
