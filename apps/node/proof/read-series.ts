/** Folds one series out of the journal. */
import type { Queryable } from '@lanmei/store/connect'
import { readSubject } from '@lanmei/store/journal'
import { named, openColumns } from './body.ts'
import { Difference } from './difference.ts'
import { pagesOf } from './entries.ts'
import { type FoldBlock, type FoldFlagging, SeriesFold } from './fold.ts'

/** Reads the blocks and flaggings of a series in order; `onEntry` counts on. */
export async function foldSeries(
  db: Queryable,
  series: string,
  onEntries: (count: number) => Promise<void> | void = () => {},
): Promise<SeriesFold> {
  const fold = new SeriesFold()
  const kinds = ['block', 'flagging']
  for await (const page of pagesOf((after, limit) => readSubject(db, kinds, series, after, limit))) {
    for (const row of page) {
      const body = openColumns(row)
      const fault =
        row.kind === 'block' ? fold.block(row, body as FoldBlock) : fold.flagging(row, body as FoldFlagging)
      if (fault) throw new Difference('body', 'journal_entry', `The body of ${named(row)} ${fault}.`)
    }
    await onEntries(page.length)
  }
  return fold
}
