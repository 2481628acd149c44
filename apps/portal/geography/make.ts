/** Makes the ground of the map from Natural Earth (package world-atlas): land, and of boundaries only the lines between the six states. */
import { createRequire } from 'node:module'
import type { GeoJSON, MultiLineString, MultiPolygon, Position } from 'geojson'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { basinBox, clipLine, clipRing, type Point, ringArea, simplify } from './outline.ts'
import { pathOf } from './projection.ts'

/** ISO 3166-1 numeric codes of the six states, as the atlas names its countries. */
const six = new Set(['116', '156', '418', '104', '764', '704'])
const toleranceDegrees = 0.012
/** Islands smaller than this are left out: they would be dots, and dots are read as stations. */
const smallestIsland = 0.03

type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>

export type Ground = { land: Point[][]; borders: Point[][] }

export function makeGround(): Ground {
  const atlas = createRequire(import.meta.url)('world-atlas/countries-10m.json') as Atlas
  const land = (
    feature(atlas, atlas.objects.land) as Extract<GeoJSON, { type: 'FeatureCollection' }>
  ).features
    .flatMap(({ geometry }) => (geometry as MultiPolygon).coordinates)
    .map(([outer]) => simplify(clipRing(outer.map(asPoint), basinBox), toleranceDegrees))
    .filter((ring) => ring.length > 3 && ringArea(ring) >= smallestIsland)
  const lines = mesh(
    atlas,
    atlas.objects.countries,
    (a, b) => a !== b && six.has(String(a.id)) && six.has(String(b.id)),
  ) as MultiLineString
  const borders = lines.coordinates
    .flatMap((line) => clipLine(line.map(asPoint), basinBox))
    .map((line) => simplify(line, toleranceDegrees))
  return { land, borders }
}

/** For the interactive map. */
export function groundGeoJson({ land, borders }: Ground): string {
  const rounded = (line: Point[]) => line.map(([x, y]) => [round(x), round(y)])
  return JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { kind: 'land' },
        geometry: {
          type: 'MultiPolygon',
          coordinates: land.map((ring) => [rounded([...ring, ring[0]])]),
        },
      },
      {
        type: 'Feature',
        properties: { kind: 'border' },
        geometry: { type: 'MultiLineString', coordinates: borders.map(rounded) },
      },
    ],
  })
}

/** For the drawn map: two symbols to be used by reference, so they take the colours of the page. */
export function groundSvg({ land, borders }: Ground): string {
  const d = (lines: Point[][], closed: boolean) => lines.map((line) => pathOf(line, closed)).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg"><path id="land" d="${d(land, true)}"/><path id="borders" d="${d(borders, false)}"/></svg>\n`
}

const asPoint = (position: Position): Point => [position[0], position[1]]
const round = (degrees: number) => Math.round(degrees * 1000) / 1000
