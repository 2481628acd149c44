/** Hostile and unlucky files and archives: bombs, torn ends, paths that lead out, loops of folders, pipes, files nobody may read. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { runLoad } from '../apps/node/take-in/load.ts'
import { listSources } from '../apps/node/take-in/sources.ts'
import { type Bench, kratieLevels, openBench } from './take-in-bench.ts'
import { zipOf } from './zip-file.ts'

let bench: Bench
before(async () => {
  bench = await openBench()
})
after(() => bench?.close())

let year = 1800
const table = () => {
  year++
  return { year, text: `date,value\n${year}-01-01,1.5\n${year}-01-02,2.5\n` }
}
const storedOf = async (y: number) => (await bench.stored()).filter((row) => row.startsWith(String(y))).length

test('a zip is read member by member; names that lead out of it lose their way up', async () => {
  const [a, b] = [table(), table()]
  const path = bench.file(
    'a.zip',
    zipOf([
      { name: '../../etc/passwd', content: Buffer.from('root:x:0:0:root:/root:/bin/sh\n') },
      { name: '/etc/cron.d/x', content: Buffer.from('* * * * * root true\n') },
      { name: kratieLevels, content: Buffer.from(a.text) },
      { name: `..\\..\\${kratieLevels}`, content: Buffer.from(b.text) },
      { name: 'C:\\windows\\x.csv', content: Buffer.from('date,value\n') },
    ]),
  )
  const taken = await bench.takePaths([path])
  assert.deepEqual([await storedOf(a.year), await storedOf(b.year)], [2, 2])
  assert.equal(taken.filesTaken, 2)
  assert.ok(taken.notices.every(({ file }) => file && !file.includes('..')))
  assert.ok(!existsSync(join(bench.folder, 'etc')))
})

test('a bomb in a zip is refused without unpacking it, its neighbours are stored', async () => {
  const a = table()
  const zeros = Buffer.alloc(64 << 20)
  const path = bench.file(
    'bomb.zip',
    zipOf([
      { name: 'water-level/KH_014902_Zeros.csv', content: zeros },
      { name: 'water-level/KH_014903_Liar.csv', content: zeros, claimed: 100 },
      { name: kratieLevels, content: Buffer.from(a.text) },
      { name: 'inner.zip', content: zipOf([{ name: 'x.csv', content: zeros }]) },
    ]),
  )
  const taken = await bench.takePaths([path])
  assert.equal(await storedOf(a.year), 2)
  assert.deepEqual(taken.codes(), ['archive-broken', 'archive-too-large', 'unknown-format'])
  assert.match(taken.told('archive-too-large')[0].file ?? '', /bomb\.zip\/water-level\/KH_014902_Zeros\.csv$/)
  assert.ok(taken.told('archive-too-large')[0].read)
  assert.equal(taken.filesTaken, 1)
})

test('a gzip bomb behind good rows keeps them and says where it stopped', async () => {
  const a = table()
  const path = bench.file(
    `${kratieLevels}.gz`,
    gzipSync(Buffer.concat([Buffer.from(a.text), Buffer.alloc(64 << 20, '\n')])),
  )
  const taken = await bench.takePaths([path])
  assert.equal(await storedOf(a.year), 2)
  assert.deepEqual(taken.codes(), ['archive-too-large'])
})

test('a gzip cut off keeps its rows up to there', async () => {
  const a = table()
  const rows = Array.from(
    { length: 20_000 },
    (_, i) =>
      `${new Date(Date.UTC(a.year, 0, 1) + i * 900_000).toISOString().slice(0, 16)},${(Math.sin(i) * 1e3).toFixed(6)}`,
  )
  const whole = gzipSync(`time,value\n${rows.join('\n')}\n`)
  const path = bench.file(`torn/${kratieLevels}.gz`, whole.subarray(0, whole.length >> 1))
  const taken = await bench.takePaths([path])
  assert.ok(taken.counts.stored > 1000, String(taken.counts.stored))
  assert.deepEqual(taken.told('archive-broken').length, 1)
  const whole2 = bench.file(`torn/${kratieLevels}.gz`, whole)
  const again = await bench.takePaths([whole2])
  assert.equal(again.counts.read, 20_000)
  assert.equal(again.counts.unchanged, taken.counts.stored)
})

test('a zip cut off is told; zips of nothing, of thousands of members and with comments before them are no harm', async () => {
  const a = table()
  const good = zipOf([{ name: kratieLevels, content: Buffer.from(a.text) }])
  const torn = await bench.takePaths([bench.file('torn.zip', good.subarray(0, good.length - 30))])
  assert.deepEqual(torn.codes(), ['archive-broken'])
  assert.equal(torn.filesTaken, 0)
  const empty = await bench.takePaths([bench.file('empty.zip', zipOf([]))])
  assert.equal(empty.counts.read, 0)
  const many = Array.from({ length: 12_000 }, (_, i) => ({ name: `n/${i}.csv`, content: Buffer.from('') }))
  const crowd = await bench.takePaths([
    bench.file('crowd.zip', zipOf([{ name: kratieLevels, content: Buffer.from(a.text) }, ...many])),
  ])
  assert.equal(await storedOf(a.year), 2)
  assert.equal(crowd.told('archive-too-large').length, 1)
})

test('a folder is walked once, whatever its links lead to', async () => {
  const a = table()
  const folder = join(bench.folder, 'files', 'loop')
  bench.file(`loop/${kratieLevels}`, a.text)
  symlinkSync('.', join(folder, 'here'))
  symlinkSync('..', join(folder, 'up'))
  symlinkSync(folder, join(folder, 'water-level', 'top'))
  symlinkSync('nowhere', join(folder, 'dangling.csv'))
  symlinkSync('self.csv', join(folder, 'self.csv'))
  const taken = await bench.takePaths([folder])
  assert.equal(taken.counts.read, 2)
  assert.equal(taken.counts.stored, 2)
})

test('a link to a folder elsewhere is followed', async () => {
  const a = table()
  bench.file(`elsewhere/${kratieLevels}`, a.text)
  const folder = join(bench.folder, 'files', 'linked')
  mkdirSync(folder)
  symlinkSync(join(bench.folder, 'files', 'elsewhere'), join(folder, 'data'))
  assert.equal((await bench.takePaths([folder])).counts.stored, 2)
})

test('a pipe, a socket or a device is told and does not make the load wait', async () => {
  const a = table()
  const folder = join(bench.folder, 'files', 'pipes')
  bench.file(`pipes/${kratieLevels}`, a.text)
  const pipe = join(folder, 'pipe.csv')
  if (spawnSync('mkfifo', [pipe]).status !== 0) return
  const taken = await bench.takePaths([folder])
  assert.equal(taken.counts.stored, 2)
  const named = await bench.takePaths([pipe, '/dev/zero'])
  assert.deepEqual(named.codes(), ['file-unreadable'])
  assert.equal(named.notices.length, 2)
})

test('a file and a folder nobody may read are told, the rest is stored', async (t) => {
  const a = table()
  const folder = join(bench.folder, 'files', 'locked')
  bench.file(`locked/${kratieLevels}`, a.text)
  const file = bench.file('locked/water-level/KH_014902_Locked.csv', a.text)
  bench.file('locked/inside/KH_014902_Locked.csv', a.text)
  chmodSync(file, 0)
  chmodSync(join(folder, 'inside'), 0)
  // Root may read all: the question is asked as somebody else.
  const me = process.geteuid?.()
  if (me === undefined) return t.skip('no user ids here')
  const own = process.cwd()
  try {
    if (me === 0) {
      execFileSync('chmod', ['-R', 'a+rX', bench.folder])
      chmodSync(file, 0)
      chmodSync(join(folder, 'inside'), 0)
      process.seteuid?.(65_534)
    }
    const taken = await bench.takePaths([folder])
    assert.equal(taken.counts.stored, 2)
    assert.deepEqual(taken.codes(), ['file-unreadable'])
    assert.deepEqual(
      taken
        .told('file-unreadable')
        .map(({ file: name }) => name?.split('/').slice(-2).join('/'))
        .sort(),
      ['locked/inside', 'water-level/KH_014902_Locked.csv'],
    )
    for (const { read } of taken.notices) assert.match(read ?? '', /permission denied|EACCES/i)
  } finally {
    if (me === 0) process.seteuid?.(0)
    chmodSync(join(folder, 'inside'), 0o755)
    process.chdir(own)
  }
})

test('a file that vanishes between listing and reading is told', async () => {
  const a = table()
  const [gone, there] = [
    bench.file(`gone/${kratieLevels}`, a.text),
    bench.file(`there/${kratieLevels}`, a.text),
  ]
  const sources = listSources([gone, there])
  rmSync(gone)
  const codes: string[] = []
  const { counts } = await runLoad(bench.context, {
    sources,
    author: 'test',
    onNotice: ({ code }) => codes.push(code),
  })
  assert.equal(counts.stored, 2)
  assert.ok(codes.includes('file-unreadable'))
})

test('a file that grows while it is read gives whole rows only, and the rest when it is loaded again', async () => {
  const a = table()
  const path = bench.file(`growing/${kratieLevels}`, a.text)
  const [source] = listSources([path])
  const open = source.open
  let opened = 0
  source.open = () => {
    // The second opening is the reading itself: half a row is written first.
    if (++opened === 2) appendFileSync(path, `${a.year}-01-03,3.`)
    return open.call(source)
  }
  const notices: string[] = []
  const { counts } = await runLoad(bench.context, {
    sources: [source],
    author: 'test',
    onNotice: (n) => notices.push(n.code),
  })
  assert.ok(counts.stored >= 2)
  appendFileSync(path, `25\n${a.year}-01-04,4.5\n`)
  const rest = await bench.takePaths([path])
  assert.equal(rest.counts.read, 4)
  assert.deepEqual(
    (await bench.stored()).filter((row) => row.startsWith(String(a.year))).map((row) => row.split(' ')[1]),
    ['1.5', '2.5', '3.25', '4.5'],
  )
})

test('a path that does not exist stops the load before anything is read, and names it', () => {
  assert.throws(() => listSources([bench.folder, '/no such/place.csv']), /path-missing.*no such/)
})

test('names of files with marks of every kind are carried into the notices as they are', async () => {
  const name = "water-level/KH_014901_<img src=x onerror=alert(1)>'; DROP TABLE observation;--.csv"
  const a = table()
  const taken = await bench.take(name.replaceAll('/img', 'img'), `${a.text}1900-02-30,1\n`)
  assert.equal(taken.counts.stored, 2)
  assert.equal(taken.told('impossible-date')[0].file, name)
})

test('after all of it the store verifies', async () => {
  assert.deepEqual((await bench.verify()).difference, undefined)
  writeFileSync(join(bench.folder, 'done'), '')
})
