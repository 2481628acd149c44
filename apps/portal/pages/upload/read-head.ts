/** Reads the first lines of a file in the browser with a changed profile, so that one sees at once what an answer does. */
import { formatInstant } from '@lanmei/model/instant'
import type { SeriesHint } from '@lanmei/model/reading'
import { mrcExportProfile } from '@lanmei/standards/mrc-export/reader'
import type { CsvProfile } from '@lanmei/standards/profile-csv/profile'
import { readCsv } from '@lanmei/standards/profile-csv/read'
import type { Preview } from './present.ts'

/** Lines are cut at this length by the node; a cut line cannot be read. */
const cutAt = 300

export type HeadRow = Omit<Preview['rows'][number], 'known'>

/** The values of the first lines by a profile, or by the kind of an export. Undefined where the lines are cut. */
export async function readHead(
  head: readonly string[],
  by: { profile: Record<string, unknown> } | { exportName: string },
): Promise<HeadRow[] | undefined> {
  if (head.some((line) => line.length >= cutAt)) return undefined
  const profile =
    'profile' in by
      ? (by.profile as CsvProfile)
      : mrcExportProfile(by.exportName, (head[0] ?? '').split(/[,;\t]/))
  const bytes = new TextEncoder().encode(head.join('\n'))
  const source = {
    name: 'exportName' in by ? by.exportName : '',
    async *open() {
      yield bytes
    },
  }
  const hints = new Map<string, SeriesHint>()
  const rows: HeadRow[] = []
  for await (const event of readCsv(source, profile)) {
    if (event.type === 'series') hints.set(event.hint.key, event.hint)
    if (event.type !== 'values') continue
    const hint = hints.get(event.key)
    const series = [hint?.station, hint?.property, hint?.procedure ?? 'manual']
      .map((part) => part || '?')
      .join('.')
    for (let i = 0; i < event.times.length; i++)
      rows.push({
        series,
        time: Number.isNaN(event.times[i]) ? '' : formatInstant(event.times[i]),
        value: Number.isFinite(event.values[i]) ? event.values[i] : null,
        ...(hint?.unit ? { unit: hint.unit } : {}),
        line: event.lines[i],
      })
  }
  return rows.sort((a, b) => a.line - b.line)
}
