/** The state of the node: when all is well, and when it is not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backupState, type Status, silentFirst, thingsToDo, usedShare, verdictOf } from './present.ts'

const well: Status = {
  at: '2026-08-20T00:00:00Z',
  startedAt: '2026-08-19T00:00:00Z',
  version: '0.1.0',
  alarms: [],
  journal: { size: 12, root: 'AAAA', key: 'k' },
  store: { observations: 1, series: 1, stations: 1, databaseBytes: 1 },
  disk: { freeBytes: 75, totalBytes: 100, takingIn: true },
  silent: [],
  backup: { at: '2026-08-19T00:00:00Z', verified: true, bytes: 10 },
  intake: { last24h: 0, refused24h: 0 },
  services: [{ name: 'database', state: 'ok' }],
}

test('without alarms all is well', () => {
  assert.equal(verdictOf(well), 'well')
  assert.equal(thingsToDo(well), 0)
})

test('a critical alarm, a failed part or a full disk is failing; a warning asks for attention', () => {
  const alarm = (severity: string) => ({ code: 'series-silent', severity, since: well.at })
  assert.equal(verdictOf({ ...well, alarms: [alarm('warning')] }), 'attention')
  assert.equal(verdictOf({ ...well, alarms: [alarm('warning'), alarm('critical')] }), 'failing')
  assert.equal(verdictOf({ ...well, disk: { ...well.disk, takingIn: false } }), 'failing')
  assert.equal(verdictOf({ ...well, services: [{ name: 'broker', state: 'failed' }] }), 'failing')
})

test('an old backup asks for attention, a missing one only after the first week', () => {
  const old = { ...well, backup: { at: '2026-08-01T00:00:00Z', verified: true, bytes: 1 } }
  assert.equal(backupState(old), 'old')
  assert.deepEqual([verdictOf(old), thingsToDo(old)], ['attention', 1])
  assert.equal(backupState({ ...well, backup: null }), 'fresh')
  assert.equal(backupState({ ...well, backup: null, startedAt: '2026-08-01T00:00:00Z' }), 'none')
})

test('the disk is shown by what is used, the longest silence first', () => {
  assert.equal(usedShare(well.disk), 0.25)
  assert.equal(usedShare({ freeBytes: 0, totalBytes: 0, takingIn: true }), 0)
  const silent = [
    { series: 'b', station: 'b', last: '2026-08-18T00:00:00Z', cadenceSeconds: 1 },
    { series: 'a', station: 'a', last: '2026-08-01T00:00:00Z', cadenceSeconds: 1 },
  ]
  assert.deepEqual(
    silentFirst(silent).map(({ series }) => series),
    ['a', 'b'],
  )
})
