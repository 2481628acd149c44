/** A disk that fills while values are taken in, for real: a small disk in memory, as root on Linux. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { isProblem } from '@lanmei/model/problem'
import { readConfig } from '../../apps/node/config.ts'
import { type Context, openContext } from '../../apps/node/context.ts'
import { verifyStore } from '../../apps/node/proof/verify.ts'
import { seedReference } from '../../apps/node/seed/reference.ts'
import { type Counts, isBalanced } from '../../apps/node/take-in/counts.ts'
import { runLoad } from '../../apps/node/take-in/load.ts'
import { kratieLevels, kratieSeries, sourceOf } from '../take-in-bench.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanmei-full-'))
const mounted: string[] = []
after(() => {
  for (const place of mounted) spawnSync('umount', [place])
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** A disk of some megabytes, or why there can be none. */
function smallDisk(name: string, megabytes: number): { place: string } | { why: string } {
  // They depend on how fast the machine fills a disk, and PostgreSQL may take minutes to give up on a full one.
  if (process.env.LANMEI_LARGE !== '1') return { why: 'runs with LANMEI_LARGE=1' }
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return { why: 'only root on Linux can mount a small disk' }
  const place = join(folder, name)
  mkdirSync(place)
  const { status, stderr } = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${megabytes}m,mode=755`,
    'none',
    place,
  ])
  if (status !== 0) return { why: `mounts are not allowed here: ${String(stderr).trim()}` }
  mounted.push(place)
  return { place }
}
const enlarge = (place: string, megabytes: number) =>
  execFileSync('mount', ['-o', `remount,size=${megabytes}m`, place])

const open = (place: string, minimumMb: number) =>
  openContext(
    readConfig({
      LANMEI_DATA: join(place, 'data'),
      LANMEI_LOG_LEVEL: 'silent',
      LANMEI_DISK_MINIMUM_MB: String(minimumMb),
    }),
    { purpose: 'command' },
  )

const rows = 900_000
let made: Buffer | undefined
const text = () => {
  const start = Date.UTC(1990, 0, 1)
  made ??= Buffer.from(
    `time,value\n${Array.from({ length: rows }, (_, i) => `${new Date(start + i * 900_000).toISOString().slice(0, 16)},${(5 + Math.sin(i / 3000)).toFixed(2)}`).join('\n')}\n`,
  )
  return made
}
const verify = ({ store, journal }: Context) => verifyStore({ store, keys: journal.keys as never })
const countOf = async ({ store }: Context) =>
  (
    await store.pool.query(
      'SELECT count(*)::int AS n FROM observation o JOIN series_key k ON k.key = o.series WHERE k.id = $1',
      [kratieSeries],
    )
  ).rows[0].n

/** Loads everything that is missing and checks that the whole is there, once. */
async function finish(context: Context, stored: number): Promise<void> {
  const rest = await runLoad(context, { sources: [sourceOf(kratieLevels, text())], author: 'test' })
  assert.deepEqual(
    [rest.counts.read, rest.counts.stored, rest.counts.unchanged],
    [rows, rows - stored, stored],
  )
  assert.equal(await countOf(context), rows)
  assert.deepEqual((await verify(context)).difference, undefined)
}

test('the node stops taking in while there is still room, and goes on when there is more', async (t) => {
  const disk = smallDisk('watched', 260)
  if ('why' in disk) return t.skip(disk.why)
  const context = await open(disk.place, 120)
  try {
    await seedReference(context)
    const { counts, stopped } = await runLoad(context, {
      sources: [sourceOf(kratieLevels, text())],
      author: 'test',
      shouldStop: () => !context.disk.state().takingIn,
    })
    assert.equal(stopped, true)
    assert.ok(isBalanced(counts))
    assert.ok(counts.stored > 0 && counts.stored < rows, String(counts.stored))
    assert.equal(await countOf(context), counts.stored)
    assert.throws(() => context.disk.checkTakingIn(), /disk-nearly-full/)
    assert.ok(context.disk.state().freeBytes > 20e6, 'there is room left to stop, back up and repair')
    assert.deepEqual((await verify(context)).difference, undefined)
    enlarge(disk.place, 1500)
    await finish(context, counts.stored)
  } finally {
    await context.close()
  }
})

test('when the disk is really full nothing acknowledged is lost, and all is whole again once there is room', async (t) => {
  const disk = smallDisk('full', 180)
  if ('why' in disk) return t.skip(disk.why)
  const first = await open(disk.place, 0)
  let acknowledged = 0
  try {
    await seedReference(first)
    let counts: Counts | undefined
    const load = runLoad(first, {
      sources: [sourceOf(kratieLevels, text())],
      author: 'test',
      onProgress: (progress) => {
        counts = progress.counts
      },
    })
    const error = await load.then(
      () => undefined,
      (fault) => fault,
    )
    assert.ok(isProblem(error), String(error))
    assert.match(error.code, /^(disk-nearly-full|store-unreachable)$/)
    acknowledged = counts?.stored ?? 0
  } finally {
    await first.close().catch(() => {})
  }
  assert.ok(acknowledged < rows)
  // PostgreSQL may need room even to start again: then it says so, and starts once there is some.
  const without = await open(disk.place, 0).catch((fault) => fault)
  if (without instanceof Error) assert.match(without.message, /No space left|Make room/)
  else await without.close()
  enlarge(disk.place, 1500)
  const context = await open(disk.place, 0)
  try {
    assert.deepEqual((await verify(context)).difference, undefined)
    const stored = await countOf(context)
    assert.ok(stored >= acknowledged, `${stored} of ${acknowledged} are there`)
    await finish(context, stored)
  } finally {
    await context.close()
  }
})
