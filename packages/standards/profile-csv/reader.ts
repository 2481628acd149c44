/** Reads any table of observations by a profile given with it, or by one guessed from its first bytes. */
import type { ReadEvent, Reader, Source } from '@lanmei/model/reading'
import { guess } from './guess.ts'
import { checkProfile } from './profile.ts'
import { readCsv } from './read.ts'

/** Only names of tables are tried unasked; an upload page may ask guess() for anything. */
const tableName = /(?:^|\/)[^/.]*$|\.(?:csv|tsv|tab|txt|dat|asc|prn)$/i

export const profileCsv: Reader = {
  id: 'profile-csv',
  recognise(name, head) {
    if (!tableName.test(name)) return { confidence: 0 }
    const guessed = guess(name, head)
    if (guessed === undefined) return { confidence: 0 }
    const { profile, confidence, questions } = guessed
    const order = questions.find(({ about }) => about === 'date-order')
    const notes = [`the dates could also be ${order?.others?.join(', ')}: a profile decides`]
    return { confidence, profile: order ? { ...profile, notes } : profile }
  },
  /** Throws `profile-invalid` for a profile that does not fit its schema: that is about the request, not the data. */
  async *read(source: Source, given?: unknown): AsyncGenerator<ReadEvent> {
    const profile = checkProfile(given ?? {})
    const { guessed, time, notes } = profile
    const assumed = `time ${time?.column ?? '?'} as ${time?.format ?? 'iso'} in ${time?.zone ?? 'UTC'}`
    const expected = notes?.join('; ')
    yield* readCsv(source, profile, guessed ? [{ code: 'profile-guessed', read: assumed, expected }] : [])
  },
}
