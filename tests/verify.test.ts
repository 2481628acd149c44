/** `verify` finds whatever is changed behind the node's back, in any table, and names it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { entryLeafHash } from '@lanmei/exchange/entry'
import { append, emptyFrontier } from '@lanmei/exchange/merkle'
import type { Context } from '@lanmei/node/context'
import { entryOf, openBody } from '@lanmei/node/journal/journal'
import { rebuildStore } from '@lanmei/node/proof/rebuild'
import { type VerifyResult, verifyStore } from '@lanmei/node/proof/verify'
import { writeRecords } from '@lanmei/node/records/write'
import { storeParts } from '@lanmei/node/take-in/batch'
import { storeFlagging } from '@lanmei/node/take-in/flagging'
import { readEntries } from '@lanmei/store/journal'
import { newFolder, openBeside } from './command-line.ts'

const folder = newFolder()
const hour = 3_600_000
const startMs = Date.UTC(2021, 5, 1)
let context: Context

const tables = [
  'journal_entry',
  'journal_node',
  'journal_checkpoint',
  'journal_head',
  'record_version',
  'series_key',
  'observation',
  'observation_superseded',
  'observation_flag',
  'series_state',
]

before(async () => {
  context = await openBeside(folder)
  const station = { party: 'la', stationType: 'river-gauge', timeZone: 'Asia/Vientiane' }
  for (const en of ['Pakse', 'Paksé'])
    await writeRecords(context, 'officer', [
      { kind: 'station', id: 'LA_013901', owner: 'la', fields: { ...station, name: { en } } },
      { kind: 'station', id: 'LA_011901', owner: 'la', fields: { ...station, name: { en: 'Vientiane' } } },
    ])
  const range = { kernel: 'quality/range', parameters: { minimum: 0, maximum: 9 }, severity: 'bad' }
  const block = (series: string, from: number, count: number, add: number) => ({
    series,
    audience: 'public' as const,
    rules: [range],
    times: Float64Array.from({ length: count }, (_, i) => startMs + (from + i) * hour),
    values: Float64Array.from({ length: count }, (_, i) =>
      i % 11 === 5 ? Number.NaN : i % 17 === 3 ? 99.5 : 4 + add + Math.sin(i),
    ),
  })
  const origin = { author: 'key:logger', source: 'test' }
  await storeParts(context, origin, [block('A', 0, 60, 0), block('B', 0, 30, 0.5)])
  await storeParts(context, { ...origin, reason: 'rating' }, [block('A', 40, 60, 0.25)])
  await storeParts(context, origin, [block('B', 30, 5, 0.125)])
  const times = Float64Array.of(startMs + 50 * hour, startMs + 51 * hour)
  const judged = {
    author: 'officer',
    rules: ['officer'],
    times,
    flags: Uint8Array.of(3, 1),
    rule: new Uint8Array(2),
  }
  await storeFlagging(context, { ...judged, series: 'A' }, 'public')
  for (const table of tables) await sql(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`)
})
after(() => context.close())

async function sql(text: string, values: unknown[] = []) {
  return (await context.store.pool.query(text, values)).rows
}
function verify(): Promise<VerifyResult> {
  return verifyStore({ store: context.store, keys: context.journal.keys })
}
async function putBack(): Promise<void> {
  for (const table of tables)
    await sql(`TRUNCATE ${table}`).then(() => sql(`INSERT INTO ${table} SELECT * FROM kept_${table}`))
}

test('an untouched store verifies, and counts what it holds', async () => {
  const { difference, ...counts } = await verify()
  assert.equal(difference, undefined)
  assert.deepEqual(
    { ...counts, judgements: counts.judgements > 10 },
    {
      ok: true,
      entries: counts.entries,
      checkpoints: 6,
      records: 3,
      series: 2,
      values: 135,
      revisions: counts.revisions,
      judgements: true,
    },
  )
  assert.ok(counts.revisions > 15)
})

/** What is done to a table, and what the sentence must say; the place is the table itself where nothing else is given. */
const tampered: [table: string, change: string, said: RegExp, place?: string][] = [
  [
    'journal_entry',
    'SET body = set_byte(body, length(body) / 2, get_byte(body, length(body) / 2) # 1) WHERE seq = 5',
    /entry 5/,
  ],
  [
    'journal_entry',
    'SET salt = set_byte(salt, 7, get_byte(salt, 7) # 1) WHERE seq = 2',
    /Salt and body of entry 2/,
  ],
  [
    'journal_entry',
    'SET commitment = set_byte(commitment, 0, get_byte(commitment, 0) # 1) WHERE seq = 0',
    /entry 0 .* leaf/,
  ],
  ['journal_entry', 'SET leaf = set_byte(leaf, 31, get_byte(leaf, 31) # 1) WHERE seq = 3', /entry 3 .* leaf/],
  ['journal_entry', "SET at = at + interval '1 millisecond' WHERE seq = 3", /entry 3/],
  ['journal_entry', "SET at = at + interval '1 microsecond' WHERE seq = 3", /parts of a millisecond/],
  ['journal_entry', "SET id = 'LA_013902' WHERE seq = 0", /entry 0 .* leaf/],
  ['journal_entry', "SET kind = 'series' WHERE seq = 0", /entry 0 .* leaf/],
  ['journal_entry', 'SET version = version + 1 WHERE seq = 2', /entry 2 .* should be version 2/],
  ['journal_entry', "SET audience = 'own' WHERE seq = 4", /entry 4 .* leaf/],
  ['journal_entry', 'DELETE WHERE seq = 4', /Entry 4 is missing/],
  [
    'journal_entry',
    'DELETE WHERE seq = (SELECT max(seq) FROM journal_entry)',
    /only \d+ entries|head says/i,
    'journal_checkpoint',
  ],
  [
    'journal_node',
    'SET hash = set_byte(hash, 9, get_byte(hash, 9) # 128) WHERE level = 1 AND index = 1',
    /level 1, place 1 is not/,
  ],
  ['journal_node', 'DELETE WHERE level = 2 AND index = 0', /level 2, place 0 is missing/],
  ['journal_node', 'INSERT SELECT 9, 9, hash FROM journal_node LIMIT 1', /The tree keeps/],
  [
    'journal_checkpoint',
    'SET root = set_byte(root, 1, get_byte(root, 1) # 1) WHERE size = (SELECT min(size) FROM journal_checkpoint)',
    /do not give the root/,
  ],
  [
    'journal_checkpoint',
    "SET note = replace(note, 'time 20', 'time 21') WHERE size = (SELECT max(size) FROM journal_checkpoint)",
    /not well signed/,
  ],
  [
    'journal_checkpoint',
    "SET at = at + interval '1 second' WHERE size = (SELECT max(size) FROM journal_checkpoint)",
    /another size, root or time/,
  ],
  [
    'journal_checkpoint',
    'DELETE WHERE size = (SELECT max(size) FROM journal_checkpoint)',
    /No checkpoint signs the last/,
  ],
  [
    'journal_checkpoint',
    'DELETE WHERE size = (SELECT min(size) FROM journal_checkpoint)',
    /a checkpoint before it is missing/,
  ],
  ['journal_head', 'SET size = size + 1', /The head says/],
  ['journal_head', "SET at = at + interval '1 millisecond'", /The head has the time/],
  ['journal_head', "SET node = 'another'", /entry 0 .* leaf/, 'journal_entry'],
  [
    'record_version',
    `SET fields = jsonb_set(fields, '{name,en}', '"Pakze"') WHERE version = 2`,
    /in fields: it has .*Pakze/,
  ],
  ['record_version', "SET owner = 'th' WHERE entry = 0", /in owner/],
  ['record_version', "SET author = 'nobody' WHERE entry = 0", /in author/],
  ['record_version', 'SET ended = true WHERE entry = 1', /in ended/],
  ['record_version', 'SET schema = schema + 1 WHERE entry = 1', /in schema/],
  ['record_version', "SET at = at + interval '1 millisecond' WHERE entry = 1", /in at/],
  ['record_version', "SET audience = 'own' WHERE entry = 1", /in audience/],
  ['record_version', 'SET version = 7 WHERE entry = 2', /in version/],
  ['record_version', 'DELETE WHERE entry = 1', /no row for entry 1/],
  [
    'record_version',
    "INSERT SELECT kind, 'LA_999999', version, schema, owner, author, ended, fields, 99, at, audience FROM record_version LIMIT 1",
    /LA_999999.* no such record/,
  ],
  ['series_key', "SET id = 'C' WHERE id = 'B'", /number 2 is B/],
  ['series_key', 'SET key = 3 WHERE key = 2', /number 3 to B/],
  ['series_key', 'DELETE WHERE key = 2', /no number for the series B/],
  ['series_key', "INSERT VALUES (3, 'C')", /number 3 is free/],
  [
    'observation',
    'SET value = value + 1e-13 WHERE series = 1 AND entry > 4 AND value < 9',
    /Series A: the table has time .* the journal says/,
  ],
  ['observation', "SET value = '-Infinity' WHERE series = 2 AND flag = 4", /value -Infinity/],
  ['observation', "SET value = 'NaN' WHERE series = 2 AND value IS NULL", /value NaN/],
  ['observation', 'SET flag = 2 WHERE series = 2 AND flag = 4', /flag 2/],
  ['observation', 'SET flag = flag + 256 WHERE series = 2', /flag 257/],
  ['observation', 'SET entry = 5 WHERE series = 1 AND entry = 3', /entry 5/],
  ['observation', "SET time = time + interval '1 microsecond' WHERE series = 1", /\.000001Z/],
  [
    'observation',
    'DELETE WHERE series = 2 AND time = (SELECT max(time) FROM observation WHERE series = 2)',
    /Series B: the table lacks/,
  ],
  ['observation', "INSERT VALUES (2, '2030-01-01', 1, 1, 4)", /which the journal does not know/],
  ['observation', "INSERT VALUES (7, '2030-01-01', 1, 1, 4)", /number 7/],
  ['observation_superseded', 'SET value = value + 1e-13 WHERE value < 9', /Series A/],
  ['observation_superseded', 'SET flag = 9', /flag 9/],
  ['observation_superseded', 'SET superseded_by = superseded_by + 1', /Series A/],
  ['observation_superseded', 'DELETE WHERE flag = 4', /Series A/],
  [
    'observation_flag',
    "SET rule = 'renge' WHERE rule = 'range'",
    /rule renge; the journal says .* rule range/,
  ],
  ['observation_flag', "SET flag = 1 WHERE rule = 'officer'", /flag 1, rule officer/],
  ['observation_flag', "DELETE WHERE rule = 'intake'", /Series A/],
  ['observation_flag', 'SET entry = entry + 100 WHERE series = 2', /Series B/],
  ...[
    'blocks = blocks + 1',
    'flaggings = flaggings + 1',
    'rows = rows + 1',
    'count = count - 1',
    'revisions = revisions + 1',
    'suspect = suspect + 1',
    "first_time = first_time - interval '1 microsecond'",
    "last_time = last_time + interval '1 second'",
    'last_value = last_value + 1e-13',
    'last_flag = 9',
    'minimum = minimum - 1e-13',
    'maximum = maximum + 1e-13',
    'last_entry = 0',
    "received_at = received_at + interval '1 millisecond'",
  ].map((set): [string, string, RegExp] => [
    'series_state',
    `SET ${set} WHERE series = 1`,
    new RegExp(`has ${set.split(' ')[0]} .* for the series A, the journal says`),
  ]),
  ['series_state', 'DELETE WHERE series = 2', /no row for the series B/],
  ['series_state', 'INSERT SELECT 9, blocks FROM series_state LIMIT 1', /number 9/],
]

for (const [table, change, said, place = table] of tampered)
  test(`${table}: ${change}`, async () => {
    try {
      const { rowCount } = await context.store.pool.query(statement(table, change))
      assert.ok(rowCount, 'the change met a row')
      const { ok, difference } = await verify()
      assert.equal(ok, false)
      assert.equal(difference?.place, place, String(difference?.sentence))
      assert.match(difference?.sentence ?? '', said)
    } finally {
      await putBack()
    }
  })

function statement(table: string, change: string): string {
  if (change.startsWith('DELETE')) return `DELETE FROM ${table} ${change.slice(7)}`
  if (!change.startsWith('INSERT')) return `UPDATE ${table} ${change}`
  const columns = table === 'series_state' ? ' (series, blocks)' : ''
  return `INSERT INTO ${table}${columns} ${change.slice(7)}`
}

test('a body forged with fitting salt, commitment, leaf and tree still fails at the signed root', async () => {
  try {
    const [row] = await readEntries(context.store.pool, 3, 1, true)
    const forged = Buffer.from(openBody(row.body).toString().replace('99.5', '9.95'))
    const { createHash } = await import('node:crypto')
    const { zstdCompressSync } = await import('node:zlib')
    const commitment = createHash('sha256').update(row.salt).update(forged).digest()
    const leaf = entryLeafHash(entryOf(context.journal.node, { ...row, commitment }))
    await sql('UPDATE journal_entry SET body = $1, commitment = $2, leaf = $3 WHERE seq = 3', [
      zstdCompressSync(forged),
      commitment,
      Buffer.from(leaf),
    ])
    const leaves = (await sql('SELECT leaf FROM journal_entry ORDER BY seq')).map(({ leaf: hash }) => hash)
    for (const { level, index, hash } of append(emptyFrontier, leaves).newNodes)
      await sql('UPDATE journal_node SET hash = $3 WHERE level = $1 AND index = $2', [
        level,
        index,
        Buffer.from(hash),
      ])
    const { difference } = await verify()
    assert.match(difference?.sentence ?? '', /do not give the root/)
    // A rebuild from such a journal must not touch the tables.
    const before = await sql('SELECT * FROM observation ORDER BY series, time')
    const rebuilt = await rebuildStore(context)
    assert.equal(rebuilt.ok, false)
    assert.deepEqual(await sql('SELECT * FROM observation ORDER BY series, time'), before)
  } finally {
    await putBack()
  }
})

test('a rebuild mends any table, and the store verifies again', async () => {
  await sql('DELETE FROM observation WHERE series = 1')
  await sql("UPDATE series_key SET id = 'C' WHERE id = 'B'")
  await sql('TRUNCATE record_version, series_state, observation_flag, observation_superseded')
  assert.equal((await rebuildStore(context)).difference?.sentence, undefined)
  for (const table of tables)
    assert.deepEqual(
      await sql(`SELECT * FROM (TABLE ${table} EXCEPT ALL TABLE kept_${table}) gone LIMIT 1`),
      [],
      table,
    )
  assert.equal((await verify()).ok, true)
})
