/** All records of a kind, page after page. */
import { recordsList } from '@lanmei/api/contract/records'
import type { asking } from '../../shell/doors.ts'
import type { RecordItem } from './present.ts'

export async function allRecords(ask: ReturnType<typeof asking>, kind: string): Promise<RecordItem[]> {
  const list: RecordItem[] = []
  let cursor: string | undefined
  do {
    const part = await ask(recordsList, { parameters: { kind }, query: { limit: 1000, cursor } })
    list.push(...part.records)
    cursor = part.next
  } while (cursor)
  return list
}
