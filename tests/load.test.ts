/** `lanmei load` as an operator meets it: sums, statuses, second runs, dry runs, beside a running node and without one. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { verifyStore } from '@lanmei/node/proof/verify'
import {
  dumpValues,
  ended,
  gauges,
  hourly,
  lanmei,
  lineOf,
  newFolder,
  openBeside,
  start,
  writeLevels,
} from './command-line.ts'

const startMs = Date.UTC(2019, 0, 1)

test('a load is counted, verified, and comes to nothing when it is run again', async () => {
  const folder = newFolder()
  const files = gauges.slice(0, 2).map((gauge) => writeLevels(folder, gauge, hourly(startMs, 3000)))
  const dry = await lanmei(folder, 'load', '--dry-run', '--json', ...files)
  assert.equal(lineOf(dry).refused, 6000, 'a node without stations knows none of them')
  const first = await lanmei(folder, 'load', '--json', ...files)
  assert.equal(first.status, 0, first.stderr)
  const { notices, ...counts } = lineOf(first)
  assert.deepEqual(counts, { read: 6000, stored: 6000, unchanged: 0, revised: 0, refused: 0 })
  assert.equal(notices['series-created'], 2)
  assert.deepEqual(Object.keys(lineOf(first)), [
    'read',
    'stored',
    'unchanged',
    'revised',
    'refused',
    'notices',
  ])

  writeLevels(folder, gauges[0], hourly(startMs, 3010, 5))
  const wouldBe = lineOf(await lanmei(folder, 'load', '--dry-run', '--json', ...files))
  assert.deepEqual([wouldBe.stored, wouldBe.unchanged, wouldBe.revised], [10, 5969, 31])
  const context = await openBeside(folder)
  try {
    assert.equal((await dumpValues(context)).length, 6000, 'a dry run stores nothing')
    // Beside an open node, as with a running one: the same database, the same journal.
    const second = lineOf(await lanmei(folder, 'load', '--json', '--reason', 'corrected', ...files))
    assert.deepEqual([second.stored, second.unchanged, second.revised], [10, 5969, 31])
    const third = lineOf(await lanmei(folder, 'load', '--json', ...files))
    assert.deepEqual([third.stored, third.unchanged, third.revised], [0, 6010, 0])
    const { rows } = await context.store.pool.query('SELECT door, state, counts FROM load ORDER BY id')
    assert.deepEqual(
      rows.map(({ door, state, counts: { stored } }) => [door, state, stored]),
      [
        ['command', 'done', 6000],
        ['command', 'done', 10],
        ['command', 'done', 0],
      ],
    )
  } finally {
    await context.close()
  }
  const verified = await lanmei(folder, 'verify', '--json')
  assert.equal(verified.status, 0, verified.stderr)
  assert.deepEqual(
    (({ ok, values, revisions }) => ({ ok, values, revisions }))(JSON.parse(verified.stdout)),
    { ok: true, values: 6010, revisions: 31 },
  )
})

test('statuses tell what was taken: all, some, nothing, and a command line that cannot be read', async () => {
  const folder = newFolder()
  const good = writeLevels(folder, gauges[0], hourly(startMs, 50))
  const mixed = writeLevels(folder, gauges[1], [
    ...hourly(startMs, 20),
    { ms: startMs + 20 * 3_600_000, value: '#DIV/0!' },
  ])
  const strange = join(folder, 'strange.bin')
  writeFileSync(strange, Buffer.from([0, 1, 2, 3, 255, 254, 0, 9]))
  const some = await lanmei(folder, 'load', good, mixed, strange)
  assert.equal(some.status, 0, some.stderr)
  assert.match(some.stdout, /malformed-number, 1 time: .*\n {2}\S+:22 .*read "#DIV\/0!"/)
  const strict = await lanmei(folder, 'load', '--strict', '--json', good, mixed)
  assert.equal(strict.status, 1)
  const { read, stored, unchanged, revised, refused } = lineOf(strict)
  assert.deepEqual(
    { read, stored, unchanged, revised, refused },
    { read: 71, stored: 0, unchanged: 70, revised: 0, refused: 1 },
  )
  assert.equal((await lanmei(folder, 'load', '--strict', good)).status, 0)
  assert.equal((await lanmei(folder, 'load', strange)).status, 1)
  const missing = await lanmei(folder, 'load', good, 'nowhere.csv')
  assert.equal(missing.status, 1)
  assert.match(missing.stderr, /There is no file or folder .*nowhere\.csv/)

  const wrongs: [string[], RegExp][] = [
    [['load'], /needs a path/],
    [['load', '--jason', good], /no option --jason/],
    [['load', '--reason'], /--reason needs a value/],
    [['laod', good], /Did you mean "load"/],
    [['verify', 'x'], /takes no path/],
    [['backup', 'a', 'b'], /takes one path/],
  ]
  for (const [words, said] of wrongs) {
    const { status, stderr, stdout } = await lanmei(folder, ...words)
    assert.deepEqual([status, stdout], [2, ''], words.join(' '))
    assert.match(stderr, said)
  }
  const help = await lanmei(folder, 'help', 'load')
  assert.equal(help.status, 0)
  assert.match(help.stdout, /--station-table PATH/)
})

test('Ctrl-C stops at a batch border, and a second run brings the rest', async () => {
  const folder = newFolder()
  const files = gauges.map((gauge) => writeLevels(folder, gauge, hourly(startMs, 60_000)))
  const child = start(folder, ['load', '--json', ...files])
  const run = ended(child)
  const beside = await openBeside(folder)
  try {
    await untilSomething(beside)
    child.kill('SIGINT')
    const stopped = await run
    if (stopped.status !== 0) {
      assert.equal(stopped.status, 130, stopped.stderr)
      assert.match(stopped.stderr, /Stopping at the next border/)
      const line = lineOf(stopped)
      assert.equal(line.read, line.stored + line.unchanged + line.revised + line.refused)
    }
    const rest = lineOf(await lanmei(folder, 'load', '--json', ...files))
    assert.equal(rest.refused, 0)
    assert.equal((await dumpValues(beside)).length, 60_000 * gauges.length)
  } finally {
    await beside.close()
  }
})

test('work whose starter is killed ends by itself at a batch border and leaves nothing running', async () => {
  const folder = newFolder()
  const files = gauges.map((gauge) => writeLevels(folder, gauge, hourly(startMs, 60_000)))
  const child = start(folder, ['load', ...files])
  const run = ended(child)
  const beside = await openBeside(folder)
  try {
    await untilSomething(beside)
    child.kill('SIGKILL')
    // The pipes are held by the work as well, so this is its end and not the starter's.
    await run
    const { rows } = await beside.store.pool.query('SELECT state FROM load')
    assert.ok(['interrupted', 'done'].includes(rows[0].state), rows[0].state)
    const result = await verifyStore({ store: beside.store, keys: beside.journal.keys })
    assert.equal(result.difference?.sentence, undefined)
  } finally {
    await beside.close()
  }
  for (let tries = 0; running(folder) && tries < 100; tries++) await sleep(50)
  assert.equal(running(folder), false, 'the database stops with its last user')
})

function running(folder: string): boolean {
  return existsSync(join(folder, 'data', 'database', 'pgdata', 'postmaster.pid'))
}

async function untilSomething(context: Awaited<ReturnType<typeof openBeside>>): Promise<void> {
  for (let tries = 0; tries < 6000; tries++) {
    const { rows } = await context.store.pool.query('SELECT EXISTS (SELECT 1 FROM observation) AS some')
    if (rows[0].some) return
    await sleep(10)
  }
  assert.fail('nothing was stored within a minute')
}

const real = fileURLToPath(new URL('../../shared/data/hydro', import.meta.url))
const absent = existsSync(real) ? false : 'the collection of real readings is not beside the checkout'

test('real exports: every row accounted for, values bit for bit those of the file', {
  skip: absent,
}, async () => {
  const folder = newFolder()
  const exports = join(real, 'mrc-export-2023', 'discharge')
  const names = readdirSync(exports).filter((name) => /^(KH_014901|LA_013901|VN_039803|TH_010501)/.test(name))
  const files = names.map((name) => join(exports, name))
  const loaded = await lanmei(
    folder,
    'load',
    '--json',
    '--create-stations',
    '--station-table',
    join(real, 'stations'),
    ...files,
  )
  assert.equal(loaded.status, 0, loaded.stderr)
  const line = lineOf(loaded)
  assert.equal(line.read, line.stored + line.unchanged + line.revised + line.refused)
  assert.ok(line.stored > 50_000)
  const again = lineOf(
    await lanmei(
      folder,
      'load',
      '--json',
      '--create-stations',
      '--station-table',
      join(real, 'stations'),
      ...files,
    ),
  )
  assert.deepEqual([again.stored, again.revised, again.read], [0, 0, line.read])
  const context = await openBeside(folder)
  try {
    const { readFileSync } = await import('node:fs')
    for (const [n, file] of files.entries()) {
      const written = readFileSync(file, 'utf8')
        .trimEnd()
        .split(/\r?\n/)
        .slice(1)
        .map((row) => Number(row.split(',')[1]))
      const { rows } = await context.store.pool.query({
        text: `SELECT o.value FROM observation o JOIN series_key k ON k.key = o.series WHERE k.id LIKE $1 ORDER BY o.time`,
        values: [`${names[n].slice(0, 9)}.discharge.%`],
        rowMode: 'array',
      })
      assert.deepEqual(
        Float64Array.from(rows, ([value]) => value).sort(),
        Float64Array.from(written).sort(),
        names[n],
      )
    }
    const result = await verifyStore({ store: context.store, keys: context.journal.keys })
    assert.equal(result.difference?.sentence, undefined)
  } finally {
    await context.close()
  }
})
