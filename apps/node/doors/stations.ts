/** Stations: the list with states, and one with its record, series, thresholds and neighbours. */

import type { StationSummary } from '@lanmei/api/contract/shared'
import { stationsGet, stationsList } from '@lanmei/api/contract/stations'
import { problem } from '@lanmei/model/problem'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import type { Catalogue } from '../reading/catalogue.ts'
import { readingOf } from '../reading/reading.ts'
import { matches } from '../reading/search.ts'
import { seriesSummary } from '../reading/series-summary.ts'
import { checkMayRead, eyesOf, mayRead } from '../reading/visibility.ts'

export function stationDoors(context: Context): Binding[] {
  const reading = readingOf(context)
  return [
    bind(stationsList, async ({ query, asker, reply }) => {
      const catalogue = await reading.catalogue()
      const box = query.bbox === undefined ? undefined : readBox(query.bbox)
      const all = await reading.stations(catalogue, eyesOf(asker))
      const stations = all.filter(
        (station) =>
          (!query.party || station.party === query.party) &&
          (!query.river || station.river === query.river) &&
          (!box || isInside(station, box)) &&
          (!query.property || observes(catalogue, station, query.property)) &&
          (!query.q || matches(query.q, station.name, codesOf(catalogue, station))),
      )
      if (query.f !== 'geojson') return { stations }
      const collection = { type: 'FeatureCollection', features: stations.map(feature) }
      return reply.type('application/geo+json; charset=utf-8').send(JSON.stringify(collection))
    }),
    bind(stationsGet, async ({ parameters: { id }, asker }) => {
      const catalogue = await reading.catalogue()
      const kept = catalogue.stations.get(id)
      if (!kept) throw problem('station-unknown', { station: id })
      checkMayRead(asker, kept.audience, { station: id })
      const eyes = eyesOf(asker)
      const all = await reading.stations(catalogue, eyes)
      const station = all.find((one) => one.id === id)
      if (!station) throw problem('station-unknown', { station: id })
      const series = (catalogue.seriesOf.get(id) ?? []).filter((one) => mayRead(eyes, one.fields.audience))
      return {
        station,
        record: kept.fields as Record<string, unknown>,
        version: kept.version,
        entry: kept.entry,
        organisation: catalogue.organisations.get(station.organisation ?? '')?.fields.name,
        series: series.map((one) => seriesSummary(one, Date.now())),
        ...neighbours(all, station),
      }
    }),
  ]
}

type Box = { west: number; south: number; east: number; north: number }

function readBox(text: string): Box {
  const [west, south, east, north] = text.split(',').map(Number)
  if (![west, south, east, north].every(Number.isFinite) || south > north)
    throw problem('invalid-parameter', {
      field: 'bbox',
      read: text,
      expected: 'west,south,east,north in degrees',
    })
  return { west, south, east, north }
}

/** A box whose west is larger than its east runs over the 180th meridian (RFC 7946, 5.2). */
function isInside({ longitude, latitude }: StationSummary, { west, south, east, north }: Box): boolean {
  if (longitude === undefined || latitude === undefined || latitude < south || latitude > north) return false
  return west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east
}

function observes(catalogue: Catalogue, { id }: StationSummary, property: string): boolean {
  return (catalogue.seriesOf.get(id) ?? []).some(({ fields }) => fields.property === property)
}

function codesOf(catalogue: Catalogue, { id, river }: StationSummary): string[] {
  return [id, river ?? '', ...(catalogue.stations.get(id)?.fields.aliases ?? [])]
}

function feature(station: StationSummary) {
  const { longitude, latitude, id, ...properties } = station
  const geometry =
    longitude === undefined || latitude === undefined
      ? null
      : { type: 'Point', coordinates: [longitude, latitude] }
  return { type: 'Feature', id, geometry, properties: { id, ...properties } }
}

/** A rain gauge stands beside the river and says nothing of it. */
function seesTheRiver({ stationType }: StationSummary): boolean {
  return stationType !== 'rain-gauge' && stationType !== 'weather-station'
}

/** The next stations on the same river. Distances count from the sea, so upstream is the larger one. */
function neighbours(all: readonly StationSummary[], { id, river, riverKm }: StationSummary) {
  if (river === undefined || riverKm === undefined) return {}
  const onRiver = all
    .filter((one) => one.id !== id && one.river === river && one.riverKm !== undefined && seesTheRiver(one))
    .map(({ id, name, riverKm }) => ({ id, name, riverKm: riverKm as number }))
    .sort((a, b) => a.riverKm - b.riverKm)
  return {
    upstream: onRiver.find((one) => one.riverKm > riverKm),
    downstream: onRiver.findLast((one) => one.riverKm < riverKm),
  }
}
