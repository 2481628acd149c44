/** What all that reads shares in one process: the catalogue, outlines, climatology and the answer with all newest values. */
import type { Store } from '@lanmei/store/connect'
import type { Context } from '../context.ts'
import { type Catalogue, openCatalogue } from './catalogue.ts'
import { type Outlines, openOutlines } from './outlines.ts'

export type Reading = {
  readonly store: Store
  catalogue(): Promise<Catalogue>
  readonly outlines: Outlines
}

const opened = new WeakMap<Store, Reading>()

/** The one reading of a context: every door asks for it and gets the same. */
export function readingOf({ store }: Pick<Context, 'store'>): Reading {
  let reading = opened.get(store)
  if (!reading) {
    reading = { store, catalogue: openCatalogue(store), outlines: openOutlines(store) }
    opened.set(store, reading)
  }
  return reading
}
