/** A source's name for a station finds it, unless two stations share it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Station } from '@lanmei/model/kinds/station'
import { indexStations } from './station-index.ts'

const station = (id: string, en: string, aliases: string[] = []) => ({
  id,
  version: 1,
  fields: {
    name: { en },
    party: 'kh',
    stationType: 'river-gauge',
    timeZone: 'Asia/Phnom_Penh',
    aliases,
  } as Station,
})
const index = indexStations([
  station('KH_033402', 'Koh Khel', ['033402']),
  station('LA_013901', 'Pakse'),
  station('LA_150504', 'Pakse'),
])

test('a station is found by id, by alias, and by its name however it is spaced', () => {
  for (const name of ['KH_033402', '033402', 'Koh Khel', 'koh-khel', 'Koh_Khel'])
    assert.equal(index.find(name)?.id, 'KH_033402', name)
})

test('a name of two stations finds neither', () => {
  assert.equal(index.find('Pakse'), undefined)
  assert.equal(index.find('LA_013901')?.id, 'LA_013901')
})

test('an unknown name finds nothing', () => {
  assert.equal(index.find('Atlantis'), undefined)
})

test('an unknown code of a catalogue finds nothing, even with the name of a known station', () => {
  assert.equal(index.find('KH_999999', 'Koh Khel'), undefined)
  assert.equal(index.find('999999', 'Koh Khel'), undefined)
  assert.equal(index.find('', 'Koh Khel')?.id, 'KH_033402')
})
