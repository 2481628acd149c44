/** Alarms: raised once with their time, cleared when over; silent series, a clock set back, a slow or absent database. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { pino } from 'pino'
import { writeRecords } from '../records/write.ts'
import { newNode, type TestNode } from '../testing/running-node.ts'
import { newAlarms } from './alarms.ts'
import { newLastDay } from './hours.ts'
import { newServices } from './part-states.ts'
import { watchNode } from './watch.ts'

let node: TestNode
before(async () => {
  node = await newNode()
})

const quiet = pino({ level: 'silent' })

function watched() {
  const alarms = newAlarms(quiet)
  const watch = watchNode(node.context, alarms, newServices(alarms))
  return { watch, codes: () => alarms.list().map(({ code }) => code) }
}

test('an alarm keeps the time it was raised first, and critical ones come first', () => {
  let now = 1000
  const alarms = newAlarms(quiet, () => now)
  alarms.raise('series-silent', 'warning', undefined, { series: 1 })
  now = 2000
  alarms.raise('series-silent', 'warning', undefined, { series: 2 })
  alarms.raise('disk-nearly-full', 'critical')
  assert.deepEqual(
    alarms.list().map(({ code, since, detail }) => [code, since, detail?.series]),
    [
      ['disk-nearly-full', '1970-01-01T00:00:02.000Z', undefined],
      ['series-silent', '1970-01-01T00:00:01.000Z', 2],
    ],
  )
  alarms.clear('disk-nearly-full')
  assert.equal(alarms.list().length, 1)
})

test('a failed part of the node is an alarm until it works again', () => {
  const alarms = newAlarms(quiet)
  const services = newServices(alarms)
  services.report('mqtt', 'failed', 'port taken')
  assert.equal(alarms.list()[0].about, 'mqtt')
  services.report('mqtt', 'ok')
  assert.deepEqual(alarms.list(), [])
  assert.deepEqual(services.list(), [{ name: 'mqtt', state: 'ok' }])
})

test('a healthy node has no alarm', async () => {
  const { watch, codes } = watched()
  await watch.look()
  assert.deepEqual(codes(), [])
  await watch.close()
})

test('a series that missed three of its intervals is silent; one that ended long ago is not', async () => {
  const { context } = node
  const day = 86_400_000
  const seriesOf = (id: string) => ({
    kind: 'series',
    id,
    owner: context.journal.node,
    fields: {
      station: 'CN_CHANGDU',
      property: 'water-level',
      unit: 'm',
      procedure: 'manual',
      aggregation: 'instantaneous',
      cadenceSeconds: 86_400,
      origin: 'observed',
      audience: 'public',
    },
  })
  const lasts = { missed: Date.now() - 4 * day, ended: Date.now() - 400 * day, fresh: Date.now() - 2 * day }
  await writeRecords(context, 'test', Object.keys(lasts).map(seriesOf))
  for (const [id, ms] of Object.entries(lasts)) {
    const { rows } = await context.store.pool.query(
      'INSERT INTO series_key (key, id) SELECT coalesce(max(key), 0) + 1, $1 FROM series_key RETURNING key',
      [id],
    )
    await context.store.pool.query('INSERT INTO series_state (series, rows, last_time) VALUES ($1, 1, $2)', [
      rows[0].key,
      new Date(ms),
    ])
  }
  const { watch, codes } = watched()
  await watch.look()
  assert.deepEqual(
    watch.silent().map(({ series }) => series),
    ['missed'],
  )
  assert.deepEqual(codes(), ['series-silent'])
  await watch.close()
})

test('a clock behind the journal is a critical alarm', async () => {
  const { pool } = node.context.store
  const { rows } = await pool.query('SELECT at FROM journal_head')
  await pool.query("UPDATE journal_head SET at = now() + interval '1 hour'")
  const { watch, codes } = watched()
  await watch.look()
  assert.equal(codes()[0], 'clock-behind')
  await watch.close()
  await pool.query('UPDATE journal_head SET at = $1', [rows[0].at])
})

test('a database that does not answer is an alarm, and the watch goes on', async () => {
  const { watch, codes } = watched()
  await watch.look()
  const { pool } = node.context.store
  const connect = pool.connect
  pool.connect = (async () => {
    throw new Error('gone')
  }) as never
  await watch.look()
  assert.ok(codes().includes('service-failed'))
  pool.connect = connect
  await watch.look()
  assert.ok(!codes().includes('service-failed'))
  await watch.close()
})

test('sums of the last day forget what is older', () => {
  let now = 0
  const day = newLastDay(() => now)
  day.add(5)
  now = 23 * 3_600_000
  day.add(2)
  assert.equal(day.sum(), 7)
  now = 24 * 3_600_000
  assert.equal(day.sum(), 2)
})
