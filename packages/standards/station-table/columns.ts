/** Which column of a station table is what, by the names such tables use. */
import type { StationHint } from '@lanmei/model/reading'

type Field =
  | Exclude<keyof StationHint, 'latitude' | 'longitude'>
  | 'latitude'
  | 'longitude'
  | 'eastingM'
  | 'northingM'
  | 'agency'

const names: readonly [Field, RegExp][] = [
  [
    'code',
    /^(station|station_?code|code|station_?id|hymos_?id|mrc_?code|gauge_?id|id|mã trạm|รหัสสถานี|站号)$/i,
  ],
  ['name', /^(name|station_?name|gauge_?name|tên trạm|ชื่อสถานี|站名)$/i],
  ['country', /^(country|state|country_?code)$/i],
  ['agency', /^(agency|organisation|organization|owner)$/i],
  ['river', /^(river|stream|river_?name|sông|แม่น้ำ|河流)$/i],
  ['latitude', /^(lat|latitude|latitude_?deg|y|vĩ độ|ละติจูด|纬度)$/i],
  ['longitude', /^(lon|lng|long|longitude|longitude_?deg|x|kinh độ|ลองจิจูด|经度)$/i],
  ['eastingM', /^easting(_m)?$/i],
  ['northingM', /^northing(_m)?$/i],
  ['altitudeM', /^(altitude|altitude_m|elevation|elevation_m|elev)$/i],
  ['drainageAreaKm2', /^(drainage_?km2|drainage_?area(_km2)?|catchment(_area)?(_km2)?)$/i],
  ['gaugeZeroM', /^(zero_?gauge(_m)?(_msl)?|gauge_?zero(_m)?)$/i],
  ['alarmLevelM', /^(alarm|alarm_?level(_m)?|warning_?level(_m)?)$/i],
  ['floodLevelM', /^(flood|flood_?level(_m)?|danger_?level(_m)?)$/i],
  ['source', /^(source|where_stated|reference)$/i],
]

/** Columns that say the table is about something else that has a name and a place. */
const otherThings = /^(capacity|capacity_mw|head_m|dam_id|reservoir|value|date|time|timestamp|statistic)/i

export type StationColumns = Partial<Record<Field, number>>

/** The columns by field, or undefined for a head that is no station table's. */
export function stationColumns(head: string[]): StationColumns | undefined {
  if (head.some((name) => otherThings.test(name.trim()))) return undefined
  const found: StationColumns = {}
  for (const [field, pattern] of names) {
    const at = head.findIndex((name) => pattern.test(name.trim()))
    if (at >= 0) found[field] = at
  }
  const named = found.code !== undefined || found.name !== undefined
  const placed =
    (found.latitude !== undefined && found.longitude !== undefined) ||
    (found.eastingM !== undefined && found.northingM !== undefined)
  const facts: Field[] = ['river', 'gaugeZeroM', 'alarmLevelM', 'floodLevelM', 'drainageAreaKm2', 'altitudeM']
  return named && (placed || facts.some((fact) => found[fact] !== undefined)) ? found : undefined
}

const countries: readonly [string, RegExp][] = [
  ['CN', /china|^CN$/i],
  ['MM', /myanmar|burma|^MM$/i],
  ['LA', /\blao(s| pdr)?\b|^LA$/i],
  ['TH', /thailand|^TH$/i],
  ['KH', /cambodia|^KH$/i],
  ['VN', /viet ?nam|^VN$/i],
]

/** Two letters of one of the six countries named in a text, or undefined. */
export function countryIn(text: string | undefined): string | undefined {
  return text === undefined ? undefined : countries.find(([, pattern]) => pattern.test(text))?.[0]
}

/** A full station code: HYMOS digits (leading zeros restored) get their country before them. */
export function fullCode(code: string, country: string | undefined): string {
  if (!/^\d{4,6}$/.test(code) || country === undefined) return code
  return `${country}_${code.padStart(6, '0')}`
}
