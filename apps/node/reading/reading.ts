/** What all that reads shares in one process: the catalogue, stations, newest values, outlines and what was computed before. */
import type { Store } from '@lanmei/store/connect'
import type { Context } from '../context.ts'
import { type Catalogue, openCatalogue } from './catalogue.ts'
import { type Outlines, openOutlines } from './outlines.ts'
import { openStations, type Stations } from './stations.ts'

export type Reading = {
  readonly store: Store
  catalogue(): Promise<Catalogue>
  readonly stations: Stations
  readonly outlines: Outlines
}

const opened = new WeakMap<Store, Reading>()

/** The one reading of a context: every door asks for it and gets the same. */
export function readingOf({ store }: Pick<Context, 'store'>): Reading {
  let reading = opened.get(store)
  if (!reading) {
    reading = {
      store,
      catalogue: openCatalogue(store),
      stations: openStations(store),
      outlines: openOutlines(store),
    }
    opened.set(store, reading)
  }
  return reading
}
