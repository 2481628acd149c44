/** The movable map. Everything it draws comes from this node: ground, rivers, stations; tiles only from the operator's own source. */
import type { FeatureCollection } from 'geojson'
import { Map as LibreMap, Marker, type StyleSpecification, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { useEffect, useRef, useState } from 'react'
import { useReader } from '../../shell/reader-context.tsx'
import type { River, Station } from '../../shell/told.ts'
import { stateShapes } from '../../ui/state-mark.tsx'
import { nameplates, view } from './map.tsx'
import { attention, carriesLevel, markLabel } from './present.ts'
import { StationCard } from './station-card.tsx'

setWorkerUrl(workerUrl)

type Wanted = {
  river: River
  tileSource?: string
  partyName: (id: string) => string
  onShown(): void
  onImpossible(): void
}

export default function LiveMap({ river, tileSource, partyName, onShown, onImpossible }: Wanted) {
  const reader = useReader()
  const box = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<LibreMap>()
  const [chosen, setChosen] = useState<Station>()

  // The map is made once; a new reader or river draws new markers below.
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once for its element
  useEffect(() => {
    const container = box.current
    if (!container) return
    const media = matchMedia('(prefers-color-scheme: dark)')
    let made: LibreMap | undefined
    let gone = false
    let recolour = () => {}
    fetchGround()
      .then((ground) => {
        if (gone) return
        made = makeMap(container, styleOf(river, ground, tileSource), reader.t('river.map'))
        made.once('load', onShown)
        made.on('click', () => setChosen(undefined))
        recolour = () => made?.setStyle(styleOf(river, ground, tileSource))
        media.addEventListener('change', recolour)
        setMap(made)
      })
      .catch((error) => {
        console.warn(error)
        onImpossible()
      })
    return () => {
      gone = true
      media.removeEventListener('change', recolour)
      made?.remove()
    }
  }, [])

  useEffect(() => {
    if (!map) return
    const markers = [...river.stations]
      .filter((s) => s.longitude !== undefined && s.latitude !== undefined)
      .map((station) =>
        new Marker({ element: markerElement(station, markLabel(station, reader), () => setChosen(station)) })
          .setLngLat([station.longitude ?? 0, station.latitude ?? 0])
          .addTo(map),
      )
    for (const [party, longitude, latitude] of nameplates) {
      const element = document.createElement('div')
      element.className = 'nameplate'
      element.textContent = partyName(party)
      markers.push(new Marker({ element }).setLngLat([longitude, latitude]).addTo(map))
    }
    return () => {
      for (const marker of markers) marker.remove()
    }
  }, [map, river, reader, partyName])

  return (
    <>
      <div ref={box} className="live-map" />
      <div className="map-tools no-print">
        <button type="button" onClick={() => map?.zoomIn()} aria-label={reader.t('river.zoom-in')}>
          +
        </button>
        <button type="button" onClick={() => map?.zoomOut()} aria-label={reader.t('river.zoom-out')}>
          −
        </button>
        <button
          type="button"
          onClick={() => map?.fitBounds([view.west, view.south, view.east, view.north])}
          aria-label={reader.t('river.whole-basin')}
        >
          ⤢
        </button>
      </div>
      {chosen && <StationCard station={chosen} onClose={() => setChosen(undefined)} />}
    </>
  )
}

function makeMap(container: HTMLElement, style: StyleSpecification, title: string): LibreMap {
  const map = new LibreMap({
    container,
    style,
    bounds: [view.west, view.south, view.east, view.north],
    maxBounds: [86, 0, 116, 40],
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 13,
    locale: { 'Map.Title': title },
  })
  map.touchZoomRotate.disableRotation()
  // The wheel belongs to the page until the map is used.
  map.scrollZoom.disable()
  map.once('mousedown', () => map.scrollZoom.enable())
  return map
}

function markerElement(station: Station, label: string, choose: () => void): HTMLElement {
  const { state, freshness } = station.now
  const element = document.createElement('button')
  element.type = 'button'
  element.title = label
  element.setAttribute('aria-label', label)
  const rank = attention([station]).length
    ? ' marker-urgent'
    : state !== 'unknown'
      ? ''
      : carriesLevel(station)
        ? ' marker-unknown'
        : ' marker-place'
  element.className = `marker${rank}`
  const late = freshness === 'late' || freshness === 'silent'
  const hatch = state === 'unknown' ? '<path class="hatch" d="M-5 2L2-5M-3.5 5L5-3.5M0 6L6 0"/>' : ''
  element.innerHTML = `<svg viewBox="-9 -9 18 18" aria-hidden="true"><g class="state state-${state}${late ? ' state-late' : ''}"><path d="${stateShapes[state]}"/>${hatch}</g></svg>`
  element.addEventListener('click', (event) => {
    event.stopPropagation()
    choose()
  })
  return element
}

type Ground = FeatureCollection

/** Fetched by the page: the map's own worker runs under a policy that lets it fetch nothing. */
async function fetchGround(): Promise<Ground> {
  const response = await fetch('/geo/ground.json')
  if (!response.ok) throw new Error(`the ground of the map answered ${response.status}`)
  return (await response.json()) as Ground
}

function styleOf(river: River, ground: Ground, tileSource: string | undefined): StyleSpecification {
  const colours = getComputedStyle(document.documentElement)
  const colour = (name: string) => colours.getPropertyValue(name).trim()
  const line = (coordinates: [number, number][]) =>
    ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } }) as const
  return {
    version: 8,
    sources: {
      ground: { type: 'geojson', data: ground },
      stream: { type: 'geojson', data: line(river.line.map(({ lon, lat }) => [lon, lat])) },
      tributaries: {
        type: 'geojson',
        data: {
          type: 'FeatureCollection',
          features: river.tributaries.map((one) => line(one.line as [number, number][])),
        },
      },
      dams: {
        type: 'geojson',
        data: {
          type: 'FeatureCollection',
          features: river.dams.map(({ longitude, latitude }) => ({
            type: 'Feature',
            properties: {},
            geometry: { type: 'Point', coordinates: [longitude, latitude] },
          })),
        },
      },
      ...(tileSource ? { tiles: { type: 'raster' as const, tiles: [tileSource], tileSize: 256 } } : {}),
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': colour('--sea') } },
      {
        id: 'land',
        type: 'fill',
        source: 'ground',
        filter: ['==', ['get', 'kind'], 'land'],
        paint: { 'fill-color': colour('--land') },
      },
      ...(tileSource ? [{ id: 'tiles', type: 'raster' as const, source: 'tiles' }] : []),
      {
        id: 'borders',
        type: 'line',
        source: 'ground',
        filter: ['==', ['get', 'kind'], 'border'],
        paint: { 'line-color': colour('--land-edge'), 'line-width': 1 },
      },
      {
        id: 'tributaries',
        type: 'line',
        source: 'tributaries',
        paint: { 'line-color': colour('--river'), 'line-width': 0.9, 'line-opacity': 0.75 },
      },
      {
        id: 'stream',
        type: 'line',
        source: 'stream',
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: {
          'line-color': colour('--river'),
          'line-width': ['interpolate', ['linear'], ['zoom'], 4, 2, 9, 4],
        },
      },
      {
        id: 'dams',
        type: 'circle',
        source: 'dams',
        minzoom: 6,
        paint: {
          'circle-radius': 2.5,
          'circle-color': colour('--ink'),
          'circle-stroke-color': colour('--land'),
          'circle-stroke-width': 1,
        },
      },
    ],
  }
}
