/**
 * Potential evapotranspiration of a day from mean air temperature and latitude (Oudin's formula).
 *
 * Sources: L. Oudin et al., Which potential evapotranspiration input for a lumped rainfall-runoff model? Part 2, Journal of
 * Hydrology 303 (2005), equation 3: PE = Re / (lambda rho) x (T + 5) / 100 if T + 5 > 0, else 0; extraterrestrial radiation
 * Re as in R. G. Allen et al., FAO Irrigation and Drainage Paper 56 (1998), equations 21 to 25.
 */
import { acos, cos, sin } from '../portable-mathematics.ts'

const SOLAR_CONSTANT_MJ_M2_MIN = 0.082
/** Latent heat that evaporates one kilogram, which is one millimetre on a square metre. */
const LATENT_HEAT_MJ_KG = 2.45
const RADIANS = Math.PI / 180

/** Extraterrestrial radiation of a day, MJ/m2, at a latitude in degrees (south negative). */
export function extraterrestrialRadiation(latitudeDegrees: number, dayOfYear: number): number {
  const latitude = latitudeDegrees * RADIANS
  const angle = (2 * Math.PI * dayOfYear) / 365
  const distance = 1 + 0.033 * cos(angle) // 23
  const declination = 0.409 * sin(angle - 1.39) // 24
  const tangents = (sin(latitude) * sin(declination)) / (cos(latitude) * cos(declination))
  const sunset = acos(Math.max(-1, Math.min(1, -tangents))) // 25; 0 and pi in polar night and day
  return (
    ((24 * 60) / Math.PI) *
    SOLAR_CONSTANT_MJ_M2_MIN *
    distance *
    (sunset * sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * sin(sunset))
  ) // 21
}

/** Potential evapotranspiration, mm/day. */
export function potentialEvapotranspiration(
  temperatureCelsius: number,
  latitudeDegrees: number,
  dayOfYear: number,
): number {
  if (temperatureCelsius + 5 <= 0) return 0
  return (
    ((extraterrestrialRadiation(latitudeDegrees, dayOfYear) / LATENT_HEAT_MJ_KG) * (temperatureCelsius + 5)) /
    100
  )
}
