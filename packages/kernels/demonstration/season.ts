/**
 * A simulated season on a river: rain generator -> potential evapotranspiration -> GR4J for each sub-basin -> Muskingum down
 * the network -> level by rating curve. The same on every machine for the same input and seed. Not a forecast and not a model
 * of any real year: whatever is made with it must be marked as simulated.
 *
 * Sources: in the kernels it chains (Wilks 1998, Oudin et al. 2005, Perrin et al. 2003, Chow et al. 1988).
 */
import { atSeason, generateRain, monthPosition, type RainClimate } from '../rain/rain-generator.ts'
import { type RatingCurve, ratedLevel } from '../rating/rating-curve.ts'
import { muskingumReach } from '../routing/muskingum.ts'
import { type Gr4jParameters, gr4j } from '../runoff/gr4j.ts'
import { potentialEvapotranspiration } from '../runoff/potential-evapotranspiration.ts'
import { civilDate, DAY_MILLISECONDS, dayNumber } from '../statistics/calendar.ts'

/** A gauge and the land that drains to it and to no gauge above it. */
export type RiverNode = {
  id: string
  /** Area of that land alone, km2 (0 is allowed). */
  areaKm2: number
  latitudeDegrees: number
  rain: RainClimate
  /** Mean air temperature of each month, January first, degrees Celsius. */
  temperatureCelsius: readonly number[]
  runoff: Gr4jParameters
  /** Index of the next node downstream, larger than the node's own; -1 at the outlet. */
  downstream: number
  /** Reach from here to the next node: travel time in days and Muskingum weight. */
  travelDays: number
  weight: number
  /** Level above gauge zero from discharge; may be left out. */
  rating?: RatingCurve
}

export type SeasonParameters = {
  /** First local day of the result, as a day number since 1970-01-01, and number of days. */
  firstDay: number
  days: number
  /** Readings a day; 1: at `readingHour`; 2: at `readingHour` and 12 hours later, interpolated. */
  readingsPerDay: 1 | 2
  /** Local hour of the (first) reading, 7 in most of the basin, and hours the local time is ahead of UTC. */
  readingHour: number
  zoneHours: number
  /** Correlation of the rain of the sub-basins; recommended 0.1 where they are as large as tens of thousands of km2. */
  correlation: number
  seed: number
}

export type Season = {
  /** Times of level and discharge, ms. */
  times: Float64Array
  /** End of each rain day (reading hour), ms: rain is the sum of the 24 hours before. */
  rainTimes: Float64Array
  /** By node: discharge m3/s (to 0.1), level m (to 0.01; NaN without rating), rain mm (to 0.1). */
  discharge: Float64Array[]
  level: Float64Array[]
  rain: Float64Array[]
}

/** Days simulated before the first day so that the stores forget how they began. */
const WARM_UP_DAYS = 1096

/** Simulates all nodes. Throws RangeError when the nodes are not in order from source to mouth. */
export function simulateSeason(nodes: readonly RiverNode[], parameters: SeasonParameters): Season {
  const { firstDay, days, readingsPerDay, readingHour, zoneHours, correlation, seed } = parameters
  for (const [index, { id, downstream }] of nodes.entries()) {
    if (downstream !== -1 && !(downstream > index && downstream < nodes.length)) {
      throw new RangeError(`node ${id} must stand before the node downstream of it`)
    }
  }
  const start = firstDay - WARM_UP_DAYS
  // One day more than asked for, so that the last evening can be interpolated too.
  const length = WARM_UP_DAYS + days + 1
  const rain = generateRain(
    nodes.map((node) => node.rain),
    { firstDay: start, days: length, correlation, seed },
  )
  const flows = nodes.map(() => new Float64Array(length))
  for (const [index, node] of nodes.entries()) {
    const runoff = gr4j(rain[index], evapotranspiration(node, start, length), node.runoff)
    const flow = flows[index]
    // 1 mm a day from 1 km2 is 1/86.4 m3/s.
    for (let day = 0; day < length; day++) flow[day] += (runoff[day] * node.areaKm2) / 86.4
    if (node.downstream === -1) continue
    const routed = muskingumReach(flow, { k: node.travelDays, x: node.weight, step: 1 })
    const below = flows[node.downstream]
    for (let day = 0; day < length; day++) below[day] += routed[day]
  }

  const morning = (day: number) => (firstDay + day) * DAY_MILLISECONDS + (readingHour - zoneHours) * 3_600_000
  const discharge = flows.map((flow) =>
    Float64Array.from({ length: days * readingsPerDay }, (_, k) => {
      const at = WARM_UP_DAYS + k / readingsPerDay
      const before = Math.floor(at)
      return Math.round((flow[before] + (at - before) * (flow[before + 1] - flow[before])) * 10) / 10
    }),
  )
  return {
    times: Float64Array.from(
      { length: days * readingsPerDay },
      (_, k) => morning(0) + (k * DAY_MILLISECONDS) / readingsPerDay,
    ),
    rainTimes: Float64Array.from({ length: days }, (_, day) => morning(day)),
    discharge,
    level: discharge.map((flow, index) => {
      const { rating } = nodes[index]
      return flow.map((value) => (rating ? Math.round(ratedLevel(rating, value) * 100) / 100 : NaN))
    }),
    rain: rain.map((amounts) =>
      amounts.slice(WARM_UP_DAYS, WARM_UP_DAYS + days).map((amount) => Math.round(amount * 10) / 10),
    ),
  }
}

function evapotranspiration(node: RiverNode, start: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, day) => {
    const temperature = atSeason(node.temperatureCelsius, monthPosition(start + day))
    const dayOfYear = start + day - dayNumber(civilDate(start + day).year, 1, 1) + 1
    return potentialEvapotranspiration(temperature, node.latitudeDegrees, dayOfYear)
  })
}
