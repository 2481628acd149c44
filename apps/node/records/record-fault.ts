/** What is wrong with records made out of a file: for a notice, where one that a person wrote is a problem. */
import { isProblem } from '@lanmei/model/problem'
import { checkRecord, type RecordWrite } from './write.ts'

/** The first field that does not fit, and what it should be; undefined when all records can be written. */
export function recordFault(records: RecordWrite[]): { column: string; expected: string } | undefined {
  try {
    for (const record of records) checkRecord(record)
    return undefined
  } catch (error) {
    if (!isProblem(error)) throw error
    const { kind, field, reason, expected } = error.details
    return { column: `${kind} ${field}`, expected: String(reason ?? expected) }
  }
}
