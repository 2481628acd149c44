/**
 * Transverse Mercator to geographic coordinates by Krueger's series to the fourth order in the third flattening n
 * (L. Krueger 1912; coefficients as in C. F. F. Karney, "Transverse Mercator with an accuracy of a few nanometers",
 * J. Geodesy 85, 2011, equations 12, 14, 36 and 11 with 19-21). Ellipsoid WGS84, UTM scale 0.9996. Error far below 1 mm.
 */
const semiMajorM = 6_378_137
const flattening = 1 / 298.257223563
const scale = 0.9996
const falseEastingM = 500_000
const falseNorthingSouthM = 10_000_000

const n = flattening / (2 - flattening)
const rectifyingRadiusM = (semiMajorM / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64)
const eccentricity = Math.sqrt(flattening * (2 - flattening))
const beta = [
  n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3 - (1 / 360) * n ** 4,
  (1 / 48) * n ** 2 + (1 / 15) * n ** 3 - (437 / 1440) * n ** 4,
  (17 / 480) * n ** 3 - (37 / 840) * n ** 4,
  (4397 / 161_280) * n ** 4,
]

/** Latitude and longitude in degrees of a UTM position. Zone 1-60; `south` for the southern half. */
export function utmToGeographic(eastingM: number, northingM: number, zone: number, south = false) {
  const xi = (northingM - (south ? falseNorthingSouthM : 0)) / (scale * rectifyingRadiusM)
  const eta = (eastingM - falseEastingM) / (scale * rectifyingRadiusM)
  let xiPrime = xi
  let etaPrime = eta
  for (const [i, b] of beta.entries()) {
    const j = 2 * (i + 1)
    xiPrime -= b * Math.sin(j * xi) * Math.cosh(j * eta)
    etaPrime -= b * Math.cos(j * xi) * Math.sinh(j * eta)
  }
  const tauPrime = Math.sin(xiPrime) / Math.hypot(Math.sinh(etaPrime), Math.cos(xiPrime))
  const longitude = zone * 6 - 183 + degrees(Math.atan2(Math.sinh(etaPrime), Math.cos(xiPrime)))
  return { latitude: degrees(Math.atan(geographicTau(tauPrime))), longitude }
}

/** tan(latitude) from tan(conformal latitude) by Newton's method (Karney 2011, equations 19-21). */
function geographicTau(tauPrime: number): number {
  let tau = tauPrime
  for (let i = 0; i < 5; i++) {
    const root = Math.hypot(1, tau)
    const sigma = Math.sinh(eccentricity * Math.atanh((eccentricity * tau) / root))
    const found = tau * Math.hypot(1, sigma) - sigma * root
    const e2 = eccentricity ** 2
    const step = ((tauPrime - found) / Math.hypot(1, found)) * ((1 + (1 - e2) * tau ** 2) / ((1 - e2) * root))
    tau += step
    if (Math.abs(step) < 1e-15 * Math.max(1, Math.abs(tau))) break
  }
  return tau
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI
}
