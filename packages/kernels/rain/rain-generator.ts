/**
 * Daily rain of a list of sub-basins: two-state Markov chain for wet and dry days, gamma amounts, a season by month, and a
 * common factor that makes neighbouring basins wet together.
 *
 * Sources: C. W. Richardson, Stochastic simulation of daily precipitation, temperature and solar radiation, Water Resources
 * Research 17 (1981): chain and gamma amounts; D. S. Wilks, Multisite generalization of a daily stochastic precipitation
 * generation model, Journal of Hydrology 210 (1998): correlated normal variates that decide occurrence and amount.
 */
import { gammaQuantile, normalDistribution } from '../frequency/special-functions.ts'
import { randomGenerator } from '../random/generator.ts'
import { civilDate, dayNumber } from '../statistics/calendar.ts'

/** Rain climate of a sub-basin; lists of twelve hold the middle of each month, January first, and are interpolated. */
export type RainClimate = {
  /** Chance of a wet day after a dry day, and after a wet day. */
  wetAfterDry: readonly number[]
  wetAfterWet: readonly number[]
  /** Mean rain of a wet day, mm. */
  wetDayMm: readonly number[]
  /** Shape of the gamma distribution of the amounts; about 0.7 in monsoon climates. */
  shape: number
}

export type RainParameters = {
  /** First day, as a day number since 1970-01-01 (see statistics/calendar), and number of days. */
  firstDay: number
  days: number
  /** Correlation (0 to 1) of the normal variates of any two sub-basins; about 0.5 for a large basin. */
  correlation: number
  seed: number
}

/**
 * Rain in mm/day, one array for each climate. Each sub-basin has its own generator, so that a longer run begins with the
 * same days and another sub-basin at the end of the list changes nothing in those before it.
 */
export function generateRain(
  climates: readonly RainClimate[],
  { firstDay, days, correlation, seed }: RainParameters,
): Float64Array[] {
  const common = randomGenerator(seed)
  const shared = Float64Array.from({ length: days }, () => common.normal())
  const commonWeight = Math.sqrt(correlation)
  const ownWeight = Math.sqrt(1 - correlation)
  return climates.map((climate, index) => {
    const own = randomGenerator(seed + 7919 * (index + 1))
    const out = new Float64Array(days)
    let wet = false
    for (let day = 0; day < days; day++) {
      const season = monthPosition(firstDay + day)
      const chance = atSeason(wet ? climate.wetAfterWet : climate.wetAfterDry, season)
      const share = normalDistribution(commonWeight * shared[day] + ownWeight * own.normal())
      wet = share > 1 - chance
      if (!wet) continue
      // What is left of the variate, stretched to 0..1, gives the amount.
      const amount = gammaQuantile(climate.shape, Math.min((share - 1 + chance) / chance, 1 - 1e-12))
      out[day] = (amount * atSeason(climate.wetDayMm, season)) / climate.shape
    }
    return out
  })
}

/** Position in the year: 0 in the middle of January, 11 in the middle of December, up to but not 12. */
export function monthPosition(day: number): number {
  const { year, month, day: dayOfMonth } = civilDate(day)
  const next = month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)
  const length = next - dayNumber(year, month, 1)
  return (month - 1 + (dayOfMonth - 0.5) / length - 0.5 + 12) % 12
}

/** Value of a list of twelve months at a position in the year, linear between the middles of the months. */
export function atSeason(months: readonly number[], position: number): number {
  const before = Math.floor(position)
  const share = position - before
  return months[before] + share * (months[(before + 1) % 12] - months[before])
}
