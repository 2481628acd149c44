/** The readers on the collection of real readings in ../shared: every filled cell is given, bit for bit, or refused. */
import assert from 'node:assert/strict'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Source } from '@lanmei/model/reading'
import { headBytes, recognise } from './readers.ts'

const root = new URL('../../../shared/data/hydro/', import.meta.url)
const skip = existsSync(root) ? false : 'the collection ../shared/data/hydro is not beside the checkout'

const observed =
  /^(mrc-export-\d+|fmmp-2000-2014|historic-daily-1924-2002|delta-subdaily|tonle-sap|mainstem-discharge-1970-2007|daily-mean-levels-filled|monthly-mean-levels)\//
/** Tables about other things: no reader takes them, or none of their cells is a value. */
const noValues =
  /flags\.csv$|straight-line-segments\.csv$|malformed-values\.csv$|lake-area-level-one-season\.csv$/

function filesIn(folder: URL, path = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesIn(new URL(`${entry.name}/`, folder), `${path}${entry.name}/`)
      : [`${path}${entry.name}`],
  )
}

const text = (name: string) => readFileSync(new URL(name, root), 'utf8')
const source = (name: string): Source => ({ name, open: () => createReadStream(new URL(name, root)) })

/** The filled cells of a table by a plain loop, as [line, text] in the order of lines, then columns. */
function filledCells(name: string): [number, string][] {
  const first = name.startsWith('delta-subdaily/') ? 2 : 1
  const cells: [number, string][] = []
  for (const [i, line] of text(name).split('\n').entries())
    if (i > 0)
      for (const cell of line.split(',').slice(first)) if (cell.trim() !== '') cells.push([i + 1, cell])
  return cells
}

const byLine = (a: [number, number], b: [number, number]) => a[0] - b[0] || a[1] - b[1]
const isSingle = (name: string) => /^(mrc-export|historic-daily)/.test(name)

async function readAll(name: string) {
  const head = readFileSync(new URL(name, root)).subarray(0, headBytes)
  const found = recognise(name, head)
  const all = {
    reader: found?.reader.id,
    values: [] as [number, number][],
    flags: 0,
    stations: 0,
    refused: 0,
    codes: [] as string[],
  }
  if (!found) return all
  for await (const event of found.reader.read(source(name), found.profile)) {
    if (event.type === 'values')
      for (const [i, line] of event.lines.entries()) all.values.push([line, event.values[i]])
    else if (event.type === 'flags') all.flags += event.times.length
    else if (event.type === 'station') all.stations++
    else if (event.type === 'notice') {
      all.refused += event.notice.refused
      all.codes.push(event.notice.code)
    }
  }
  return all
}

test('every file of observations is recognised, and each filled cell is given bit for bit or refused', {
  skip,
}, async () => {
  let total = 0
  for (const name of filesIn(root)) {
    if (!observed.test(name) || noValues.test(name)) continue
    const { reader, values, refused } = await readAll(name)
    assert.equal(reader, name.startsWith('mrc-export') ? 'mrc-export' : 'wide-table', name)
    const cells = filledCells(name)
    assert.equal(values.length + refused, cells.length, name)
    total += values.length
    const expected = cells.map(([line, cell]): [number, number] => [line, Number(cell)])
    // Tables with several columns come series by series; sorting puts both sides in one order.
    if (!isSingle(name)) {
      expected.sort(byLine)
      values.sort(byLine)
    }
    for (const [i, [line, value]] of values.entries())
      if (line !== expected[i][0] || !Object.is(value, expected[i][1]))
        assert.fail(`${name} line ${line}: ${value}`)
  }
  assert.ok(total > 2_000_000, `only ${total} values`)
})

test('flag lists give one flag a row, malformed entries are refused one by one', { skip }, async () => {
  for (const kind of ['water-level', 'rainfall']) {
    const name = `fmmp-2000-2014/${kind}-estimated-flags.csv`
    assert.equal((await readAll(name)).flags, text(name).trim().split('\n').length - 1)
  }
  assert.equal((await readAll('fmmp-2000-2014/malformed-values.csv')).refused, 18)
  const days = text('daily-mean-levels-filled/straight-line-segments.csv').trim().split('\n').slice(1)
  const sum = days.reduce((all, row) => all + Number(row.split(',')[3]), 0)
  assert.equal((await readAll('daily-mean-levels-filled/straight-line-segments.csv')).flags, sum)
})

test('the table without dates is left aside, other tables are not mistaken for observations', {
  skip,
}, async () => {
  assert.deepEqual((await readAll('tonle-sap/lake-area-level-one-season.csv')).codes, ['not-observations'])
  for (const name of [
    'dams/mekong-dams-110.csv',
    'geometry/mekong-basin.geojson',
    'SOURCES.md',
    'stations/station-pairs-lag.csv',
  ])
    assert.equal((await readAll(name)).reader, undefined, name)
})

test('station tables give every row; Tan Chau at 0, 0 is told', { skip }, async () => {
  for (const [name, rows] of [
    ['stations/mrc-stations.csv', 87],
    ['stations/fmmp-station-list.csv', 146],
    ['stations/rain-gauges-2003.csv', 316],
    ['stations/forecast-system-stations-utm48n.csv', 115],
    ['thresholds/pmfm-stations-zero-gauge.csv', 12],
    ['thresholds/alarm-flood-levels-cited.csv', 7],
  ] as const) {
    const { reader, stations } = await readAll(name)
    assert.deepEqual([reader, stations], ['station-table', rows], name)
  }
  assert.deepEqual((await readAll('stations/mrc-stations.csv')).codes, ['station-incomplete'])
})

test('UTM points lie where the portal says the same stations are', { skip }, async () => {
  const places = async (name: string) => {
    const found = recognise(name, readFileSync(new URL(name, root)))
    const byName = new Map<string, { latitude: number; longitude: number; river?: string }>()
    for await (const event of found?.reader.read(source(name), found.profile) ?? [])
      if (
        event.type === 'station' &&
        event.station.latitude !== undefined &&
        event.station.longitude !== undefined
      )
        if (name.includes('utm') || event.station.river === 'Mekong')
          byName.set(event.station.name ?? '', {
            latitude: event.station.latitude,
            longitude: event.station.longitude,
          })
    return byName
  }
  const points = await places('stations/forecast-system-stations-utm48n.csv')
  const portal = await places('stations/mrc-stations.csv')
  const apart: number[] = []
  for (const [name, a] of points) {
    const b = portal.get(name)
    if (b) apart.push(Math.max(Math.abs(a.latitude - b.latitude), Math.abs(a.longitude - b.longitude)))
  }
  apart.sort((a, b) => a - b)
  // Some points of the list are off (Kratie by 0.2 degrees): the median tells whether the projection is right.
  assert.ok(apart.length >= 8 && apart[apart.length >> 1] < 0.02, apart.join(' '))
})
