/** Tests of the frequency kernels; references from scipy 1.17 and lmoments3 1.0.8 (a port of Hosking's Fortran), as noted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomGenerator } from '../random/generator.ts'
import { type DistributionId, fitDistribution } from './distributions.ts'
import { fitGev, gevDistribution, gevQuantile } from './gev.ts'
import { goodnessOfFit } from './goodness-of-fit.ts'
import { fitGumbel, gumbelQuantile } from './gumbel.ts'
import { lMoments } from './l-moments.ts'
import { fitPearson3, logarithms, pearson3Distribution, pearson3Quantile } from './pearson3.ts'
import { returnLevels } from './return-levels.ts'
import {
  gammaDistribution,
  gammaQuantile,
  gammaSurvival,
  logGamma,
  normalDistribution,
  normalQuantile,
} from './special-functions.ts'

function near(actual: number, expected: number, relative = 1e-12) {
  const scale = Math.max(Math.abs(expected), 1e-300)
  assert.ok(Math.abs(actual - expected) <= relative * scale, `${actual} is not ${expected}`)
}

/** Made-up annual floods (m3/s), twenty years. */
const floods = Float64Array.of(
  ...[1830, 2300, 1650, 2970, 2120, 1980, 3560, 2410, 1790, 2650],
  ...[2200, 4120, 1890, 2040, 2330, 2780, 1720, 3050, 2510, 2260],
)
const PROBABILITIES = [0.01, 0.5, 0.9, 0.99, 0.999]

test('log gamma equals scipy.special.gammaln', () => {
  const expected = [
    4.599479878042022, 0.5723649429247, -0.12078223763524526, 1.428072326665388, 17.502307845873887,
    361.43554046777757, 1051287.7089736569,
  ]
  for (const [k, x] of [0.01, 0.5, 1.5, 3.7, 12, 100.5, 1e5].entries()) near(logGamma(x), expected[k], 2e-13)
})

test('the incomplete gamma function equals scipy.special.gammainc and gammaincc', () => {
  near(gammaDistribution(0.3, 0.1), 0.5459128495917965)
  near(gammaDistribution(0.5, 2), 0.9544997361036415)
  near(gammaDistribution(2, 1), 0.2642411176571153)
  near(gammaDistribution(5, 9), 0.945036358504895)
  near(gammaDistribution(30, 25), 0.1821039159774551)
  near(gammaDistribution(1000, 1010), 0.6276789447369947, 1e-11)
  near(gammaSurvival(0.3, 20), 8.188445289210279e-11)
  near(gammaSurvival(2, 60), 5.341471565244885e-25)
  near(gammaSurvival(30, 80), 4.90322955581077e-11)
})

test('the gamma quantile equals scipy.special.gammaincinv, also far in the tails', () => {
  near(gammaQuantile(0.3, 0.001), 6.972699096783344e-11)
  near(gammaQuantile(0.3, 0.5), 0.07313113586695198)
  near(gammaQuantile(0.8, 0.99), 4.1298791169283495)
  near(gammaQuantile(2, 0.01), 0.14855474025326595)
  near(gammaQuantile(30, 0.999), 49.80361653492473)
  near(gammaQuantile(1000, 0.5), 999.6666864269652)
  near(gammaQuantile(5, 1 - 1e-10), 34.08380897595207)
})

test('the normal quantile equals scipy.special.ndtri and the distribution equals ndtr', () => {
  const quantiles: [number, number][] = [
    [1e-300, -37.0470962993612],
    [1e-10, -6.361340902404056],
    [0.001, -3.090232306167813],
    [0.2, -0.8416212335729142],
    [0.93, 1.475791028179171],
    [0.9999, 3.719016485455709],
  ]
  for (const [p, z] of quantiles) near(normalQuantile(p), z, 1e-14)
  assert.equal(normalQuantile(0.5), 0)
  const shares: [number, number][] = [
    [-30, 4.906713927147908e-198],
    [-5, 2.866515718791933e-7],
    [-1, 0.15865525393145707],
    [0.5, 0.6914624612740131],
    [3, 0.9986501019683699],
  ]
  for (const [z, p] of shares) near(normalDistribution(z), p, 1e-12)
})

test('sample L-moments equal lmoments3.lmom_ratios', () => {
  const moments = lMoments(Float64Array.of(...floods, NaN))
  assert.equal(moments.count, 20)
  near(moments.l1, 2408)
  near(moments.l2, 349.7894736842105)
  near(moments.t3, 0.26672685324505974)
  near(moments.t4, 0.17812866946357236)
  assert.ok(Number.isNaN(lMoments(Float64Array.of(1, 2, 3)).l1))
})

test('L-moments of a large sample come near those published for the distribution', () => {
  // Hosking (1990), table 1: exponential l1 = 1, l2 = 1/2, t3 = 1/3, t4 = 1/6; normal l2 = 0.5642, t3 = 0, t4 = 0.1226
  const random = randomGenerator(11)
  const exponential = lMoments(Float64Array.from({ length: 100_000 }, () => random.gamma(1)))
  const normal = lMoments(Float64Array.from({ length: 100_000 }, () => random.normal()))
  const expected = [1, 1 / 2, 1 / 3, 1 / 6, 0, 0.5642, 0, 0.1226]
  const { l1, l2, t3, t4 } = exponential
  for (const [k, value] of [l1, l2, t3, t4, normal.l1, normal.l2, normal.t3, normal.t4].entries()) {
    assert.ok(Math.abs(value - expected[k]) < 0.01, `${value} is not near ${expected[k]}`)
  }
})

test('the GEV fit solves the exact equation and its quantiles equal scipy.stats.genextreme', () => {
  // k by scipy.optimize.brentq on t3 = 2(1-3^-k)/(1-2^-k)-3; genextreme.ppf(p, k, location, scale)
  const fitted = fitGev(lMoments(floods))
  near(fitted.shape, -0.1452275019647262, 1e-10)
  near(fitted.scale, 432.92004263590604, 1e-10)
  near(fitted.location, 2086.1185758020815, 1e-10)
  const expected = [
    1493.1566371181543, 2249.0881419326856, 3238.401622138169, 4919.436367268139, 7233.628453242089,
  ]
  for (const [k, p] of PROBABILITIES.entries()) {
    near(gevQuantile(fitted, p), expected[k], 1e-10)
    near(gevDistribution(fitted, expected[k]), p, 1e-9)
  }
})

test('the GEV fit meets the Gumbel at its published L-skewness and bounded tails beyond', () => {
  // Hosking and Wallis (1997), appendix A.3: Gumbel t3 = 0.1699 = log(9/8)/log 2
  const gumbelSkew = Math.log(9 / 8) / Math.LN2
  const at = (t3: number) => fitGev({ count: 50, l1: 10, l2: 2, t3, t4: 0.15 })
  assert.ok(Math.abs(at(gumbelSkew).shape) < 1e-6)
  near(
    at(gumbelSkew + 1e-5).scale,
    fitGumbel({ count: 50, l1: 10, l2: 2, t3: gumbelSkew, t4: 0 }).scale,
    1e-3,
  )
  assert.ok(at(0).shape > 0.2)
  assert.equal(gevDistribution(at(0), 1e6), 1)
  for (const t3 of [-0.9, -0.3, 0.05, 0.4, 0.9]) {
    const { shape } = at(t3)
    near((2 * (1 - 3 ** -shape)) / (1 - 2 ** -shape) - 3, t3, 1e-9)
  }
})

test('the Gumbel fit equals lmoments3 and its quantiles scipy.stats.gumbel_r', () => {
  const fitted = fitGumbel(lMoments(floods))
  near(fitted.location, 2116.7141529377864)
  near(fitted.scale, 504.63953903937113)
  const expected = [
    1346.038930539768, 2301.6710642320913, 3252.3384836620007, 4438.131338250639, 5602.388167754233,
  ]
  for (const [k, p] of PROBABILITIES.entries()) near(gumbelQuantile(fitted, p), expected[k])
})

test('the Pearson III fit equals lmoments3 and its quantiles scipy.stats.pearson3, for both signs of skewness', () => {
  const fitted = fitPearson3(lMoments(floods))
  near(fitted.mean, 2408)
  near(fitted.deviation, 671.0461870424498)
  near(fitted.skewness, 1.6039083637037321)
  const expected = [
    1606.4093747945933, 2237.0366742554497, 3299.694250954909, 4683.025934505446, 6015.685134842499,
  ]
  const mirrored = fitPearson3(lMoments(floods.map((value) => -value)))
  for (const [k, p] of PROBABILITIES.entries()) {
    near(pearson3Quantile(fitted, p), expected[k])
    near(pearson3Quantile(mirrored, 1 - p), -expected[k], 1e-10)
    near(pearson3Distribution(fitted, expected[k]), p, 1e-10)
    near(pearson3Distribution(mirrored, -expected[k]), 1 - p, 1e-9)
  }
})

test('the Pearson III passes smoothly into the normal distribution', () => {
  const at = (skewness: number) => pearson3Quantile({ mean: 5, deviation: 2, skewness }, 0.99)
  near(at(0), 5 + 2 * 2.3263478740408408)
  // scipy.stats.pearson3(0.01, 5, 2).ppf(0.99) and (0.0099999, 5, 2): on both sides of the change of method
  near(at(0.01), PEARSON_AT_SMALL_SKEW, 1e-6)
  near(at(0.0099999), PEARSON_AT_SMALL_SKEW, 1e-6)
})
const PEARSON_AT_SMALL_SKEW = 9.667396897838785

test('the log-Pearson III equals the Pearson III of the logarithms in lmoments3 and scipy', () => {
  const fitted = fitDistribution('log-pearson3', floods)
  near(fitted.parameters.mean, 7.756880659978603)
  near(fitted.parameters.deviation, 0.25481757134292726, 1e-10)
  near(fitted.parameters.skewness, 0.9250755193474047, 1e-10)
  const logs = [7.33848653777422, 7.718130500061305, 8.098172090833472, 8.514658700196152, 8.884194182872713]
  for (const [k, p] of PROBABILITIES.entries()) near(fitted.quantile(p), Math.exp(logs[k]), 1e-9)
  assert.throws(() => logarithms(Float64Array.of(3, 0)), RangeError)
})

test('quantile and distribution are inverse to each other for all distributions', () => {
  for (const id of ['gev', 'gumbel', 'pearson3', 'log-pearson3'] as DistributionId[]) {
    const fitted = fitDistribution(id, floods)
    for (const p of [0.001, 0.2, 0.7, 0.995]) near(fitted.distribution(fitted.quantile(p)), p, 1e-9)
  }
})

test('random draws of each distribution have its quantiles', () => {
  for (const id of ['gev', 'gumbel', 'pearson3', 'log-pearson3'] as DistributionId[]) {
    const fitted = fitDistribution(id, floods)
    const random = randomGenerator(5)
    let below = 0
    for (let i = 0; i < 20_000; i++) if (fitted.draw(random) <= fitted.quantile(0.8)) below++
    assert.ok(Math.abs(below / 20_000 - 0.8) < 0.012, `${id}: ${below / 20_000}`)
  }
})

test('measures of fit equal scipy and numpy for the fitted GEV', () => {
  // kstest statistic; A2 = -n - mean((2i-1)(ln F + ln(1-F reversed))); corrcoef and rmse against ppf((i-.4)/(n+.2))
  const fit = goodnessOfFit(fitDistribution('gev', floods), floods)
  near(fit.kolmogorovSmirnov, 0.06186790852898044, 1e-8)
  near(fit.andersonDarling, 0.09266894765654143, 1e-7)
  near(fit.plotCorrelation, 0.9976559737524402, 1e-9)
  near(fit.rootMeanSquare, 53.20620229290882, 1e-8)
})

test('return levels lie inside their intervals, grow with the period, and are the same each time', () => {
  const parameters = {
    distribution: 'gev' as const,
    extreme: 'highest' as const,
    returnPeriods: [2, 10, 100],
    confidence: 0.9,
    replicates: 300,
    seed: 1,
  }
  const { levels } = returnLevels(floods, parameters)
  near(levels[0].value, 2249.0881419326856, 1e-10)
  near(levels[2].value, 4919.436367268139, 1e-10)
  for (const level of levels) assert.ok(level.low < level.value && level.value < level.high)
  assert.ok(levels[2].high - levels[2].low > levels[0].high - levels[0].low)
  assert.deepEqual(returnLevels(floods, parameters).levels, levels)
  const low = returnLevels(floods, { ...parameters, extreme: 'lowest', replicates: 0 }).levels
  assert.ok(low[2].value < low[0].value && Number.isNaN(low[0].low))
})

test('the interval of the median of a large normal-like sample has the width theory gives', () => {
  // Gumbel, n = 400: the standard error of the 2-year level by L-moments is about 1.04 scale / sqrt(n)
  // (Hosking and Wallis 1997, the asymptotic variance of location and scale: 1.1128, 0.2287, 0.8046).
  const random = randomGenerator(3)
  const sample = Float64Array.from({ length: 400 }, () =>
    gumbelQuantile({ location: 0, scale: 1 }, random.uniform()),
  )
  const { levels } = returnLevels(sample, {
    ...{ distribution: 'gumbel', extreme: 'highest', returnPeriods: [2], confidence: 0.9 },
    ...{ replicates: 2000, seed: 9 },
  })
  const y = -Math.log(Math.log(2))
  const standardError = Math.sqrt((1.1128 + 2 * 0.2287 * y + 0.8046 * y * y) / 400)
  near(levels[0].high - levels[0].low, 2 * 1.645 * standardError, 0.12)
})
