/**
 * Rain climate, temperature and model parameters of the zones of the basin, for the simulated season.
 *
 * Round figures set by hand so that a chain of nodes gives the known shape of the river: annual rain from about 500 mm on the
 * plateau to about 2500 mm east of the main stem, dry from November to April, low water in April and the flood from August
 * to September (Mekong River Commission, State of the Basin Report 2018, chapter 3). They are not calibrated to any record.
 * Lists of twelve hold the middle of each month, January first.
 */
import type { RiverNode } from './season.ts'

export type ZoneId = 'plateau' | 'gorge' | 'north' | 'east' | 'khorat' | 'south'
export type Zone = Pick<RiverNode, 'rain' | 'temperatureCelsius' | 'runoff'>

/** Chance of a wet day after a dry day: the monsoon comes in May and leaves in October. */
const ARRIVAL = [0.04, 0.05, 0.08, 0.15, 0.32, 0.42, 0.47, 0.5, 0.42, 0.22, 0.09, 0.04]
const STAY = [0.3, 0.32, 0.36, 0.45, 0.6, 0.68, 0.72, 0.74, 0.68, 0.54, 0.4, 0.32]
const SOUTHERN_STAY = [0.28, 0.28, 0.34, 0.42, 0.58, 0.68, 0.72, 0.75, 0.74, 0.62, 0.42, 0.3]

const scaled = (factor: number, months: readonly number[]) => months.map((value) => value * factor)
/** Mean rain of a wet day relative to its yearly highest. */
const INTENSITY = [0.45, 0.5, 0.55, 0.65, 0.8, 0.9, 0.97, 1, 0.9, 0.75, 0.55, 0.45]

export const zones: Readonly<Record<ZoneId, Zone>> = {
  /** Upper Lancang, high and cold. */
  plateau: {
    rain: { wetAfterDry: ARRIVAL, wetAfterWet: STAY, wetDayMm: scaled(8.5, INTENSITY), shape: 0.8 },
    temperatureCelsius: [-8, -5, -1, 3, 7, 11, 12, 12, 10, 5, -2, -7],
    runoff: { productionMm: 250, exchangeMm: 0.1, routingMm: 420, baseDays: 7 },
  },
  /** Middle Lancang in Yunnan. */
  gorge: {
    rain: { wetAfterDry: ARRIVAL, wetAfterWet: STAY, wetDayMm: scaled(13, INTENSITY), shape: 0.75 },
    temperatureCelsius: [10, 12, 15, 18, 21, 22, 22, 22, 21, 18, 14, 11],
    runoff: { productionMm: 350, exchangeMm: 0.1, routingMm: 420, baseDays: 6 },
  },
  /** Northern Laos, northern Thailand, eastern Myanmar. */
  north: {
    rain: { wetAfterDry: ARRIVAL, wetAfterWet: STAY, wetDayMm: scaled(16, INTENSITY), shape: 0.7 },
    temperatureCelsius: [18, 20, 24, 27, 27, 28, 27, 27, 26, 25, 22, 18],
    runoff: { productionMm: 400, exchangeMm: 0, routingMm: 420, baseDays: 6 },
  },
  /** Left bank of central and southern Laos and the Annamite range: the wettest land. */
  east: {
    rain: { wetAfterDry: ARRIVAL, wetAfterWet: SOUTHERN_STAY, wetDayMm: scaled(22, INTENSITY), shape: 0.65 },
    temperatureCelsius: [21, 23, 26, 28, 28, 28, 27, 27, 27, 26, 24, 21],
    runoff: { productionMm: 450, exchangeMm: 0, routingMm: 480, baseDays: 5 },
  },
  /** Mun and Chi basins. */
  khorat: {
    rain: {
      wetAfterDry: scaled(0.85, ARRIVAL),
      wetAfterWet: scaled(0.9, SOUTHERN_STAY),
      wetDayMm: scaled(14.5, INTENSITY),
      shape: 0.65,
    },
    temperatureCelsius: [23, 26, 28, 30, 29, 29, 28, 28, 27, 27, 25, 23],
    runoff: { productionMm: 500, exchangeMm: 0, routingMm: 220, baseDays: 10 },
  },
  /** Cambodia, the Sekong, Sesan and Srepok, and the delta. */
  south: {
    rain: { wetAfterDry: ARRIVAL, wetAfterWet: SOUTHERN_STAY, wetDayMm: scaled(18, INTENSITY), shape: 0.65 },
    temperatureCelsius: [25, 26, 28, 29, 28, 28, 27, 27, 27, 27, 26, 25],
    runoff: { productionMm: 450, exchangeMm: 0, routingMm: 450, baseDays: 6 },
  },
}
