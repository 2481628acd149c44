/** Exports that came without their folders, and the first lines read again as somebody answers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportKinds, lacksKind, nameWithKind } from './portal-export.ts'
import { readHead } from './read-head.ts'

const kratie = ['time,value', '1933-01-08T00:00,5.28', '1933-01-09T00:00,5.22']

test('a file of an export without its folder is asked for its kind; other tables are not', () => {
  assert.ok(lacksKind('KH_014901_Kratie.csv', kratie))
  assert.ok(
    lacksKind('new/KH_014901_Kratie.csv', ['Timestamp (UTC+07:00),Value (m)', '1933-01-08T00:00,5.28']),
  )
  assert.ok(!lacksKind('Kratie.csv', kratie))
  assert.ok(!lacksKind('KH_014901_Kratie.csv', ['Ngày;H', '08/01/1933;5,28']))
})

test('with its kind it is read as an export: 00:00 is the reading of 07:00 local time', async () => {
  const exportName = nameWithKind('new/KH_014901_Kratie.csv', 'water-level')
  assert.equal(exportName, 'water-level/KH_014901_Kratie.csv')
  assert.deepEqual(await readHead(kratie, { exportName }), [
    { series: 'KH_014901.water-level.manual', time: '1933-01-08T00:00:00Z', value: 5.28, unit: 'm', line: 2 },
    { series: 'KH_014901.water-level.manual', time: '1933-01-09T00:00:00Z', value: 5.22, unit: 'm', line: 3 },
  ])
  for (const { kind } of exportKinds) {
    const [row] = (await readHead(kratie, { exportName: nameWithKind('KH_014901_Kratie.csv', kind) })) ?? []
    assert.ok(row.unit, kind)
  }
})

test('an answer changes what is read: the decimal comma, the order of day and month, the zone', async () => {
  const head = ['Ngày;H', '08/01/1933;5,28']
  const profile = (format: string, zone: string) => ({
    separator: ';',
    decimal: ',',
    time: { column: 'Ngày', format, zone },
    series: { station: 'X', property: 'water-level', unit: 'm' },
    columns: { values: [{ column: 'H' }] },
  })
  const first = async (format: string, zone: string) =>
    (await readHead(head, { profile: profile(format, zone) }))?.[0]
  assert.equal((await first('dmy', 'Z'))?.time, '1933-01-08T00:00:00Z')
  assert.equal((await first('mdy', 'Z'))?.time, '1933-08-01T00:00:00Z')
  assert.equal((await first('dmy', '+07:00'))?.time, '1933-01-07T17:00:00Z')
  assert.equal((await first('dmy', 'Z'))?.value, 5.28)
})

test('lines the node has cut are not read', async () => {
  assert.equal(
    await readHead(['a,b', 'x'.repeat(300)], { exportName: 'rainfall/KH_014901_Kratie.csv' }),
    undefined,
  )
})
