/** All notices of a load as a CSV file in the reader's language. */
import { notices as noticesRoute } from '@lanmei/api/contract/observations'
import type { LoaderFunctionArgs } from 'react-router'
import { asking } from '../../shell/doors.ts'
import { readPreferences } from '../../shell/preferences.ts'
import { makeReader } from '../../shell/reader.ts'
import { loadTexts } from '../../shell/texts.ts'
import { type Notice, noticesCsv } from './present.ts'

const most = 100_000

export async function loader(asked: LoaderFunctionArgs) {
  const ask = asking(asked)
  const load = Number(asked.params.load)
  const list: Notice[] = []
  let cursor: string | undefined
  do {
    const part = await ask(noticesRoute, { query: { load, limit: 1000, cursor } })
    list.push(...(part.notices as Notice[]))
    cursor = part.next
  } while (cursor && list.length < most)
  const preferences = readPreferences(asked.request.headers)
  const texts = await loadTexts(preferences.language)
  return new Response(noticesCsv(list, makeReader(preferences, texts)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="lanmei-load-${load}-notices.csv"`,
    },
  })
}
