/** Walks all area folders: texts complete in seven languages and their scripts, properties, units, example. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { checkProfile } from '@lanmei/standards/profile-csv/profile'
import { areasFolder, assertScript, assertSourced, type Json, languages, readArea } from './area-files.ts'

const areas = readdirSync(areasFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

for (const name of areas) {
  describe(`area ${name}`, () => {
    const area = readArea(name, 'area.json')
    const texts = Object.fromEntries(languages.map((code) => [code, readArea(name, 'texts', `${code}.json`)]))

    test('has its own id, a version, and every file it names', () => {
      assert.equal(area.id, name)
      assert.ok(Number.isInteger(area.version) && area.version > 0)
      for (const file of Object.values(area.files ?? {}))
        assert.ok(existsSync(join(areasFolder, name, file as string)))
    })

    test('has the same texts in seven languages, none empty, each in its script', () => {
      const keys = Object.keys(texts.en).sort()
      assert.ok(keys.length > 0)
      for (const code of languages) {
        assert.deepEqual(Object.keys(texts[code]).sort(), keys, code)
        for (const key of keys) assertScript(code, texts[code][key], key)
      }
    })

    test('has texts for everything it defines', () => {
      const has = (key: string) => assert.ok(key in texts.en, key)
      for (const [prefix, list] of [
        ['place', area.places],
        ['property', area.observedProperties],
        ['threshold', area.thresholdKinds],
        ['flag', area.qualityFlags],
        ['rule', area.qualityRules],
      ] as [string, Json[]][]) {
        for (const { id } of list) {
          has(`${prefix}.${id}.name`)
          has(`${prefix}.${id}.description`)
        }
      }
      for (const { ucum } of area.units) has(`unit.${ucum}`)
    })

    test('keeps each property in a unit it defines and checks it with sourced numbers', () => {
      const quantities = new Map<string, string>(area.units.map((u: Json) => [u.ucum, u.quantity]))
      for (const property of area.observedProperties) {
        assert.equal(quantities.get(property.unit), property.quantity, property.id)
        for (const check of property.check) {
          assertSourced(check, `${property.id} ${check.kernel}`)
          for (const number of Object.values(check.parameters)) assert.ok(Number.isFinite(number))
        }
      }
    })

    test('writes each spelling of a unit once, with a factor', () => {
      for (const unit of area.units) {
        const written = unit.aliases.map((a: Json) => a.written)
        assert.equal(new Set(written).size, written.length, unit.ucum)
        assert.ok(written.includes(unit.ucum), unit.ucum)
        for (const alias of unit.aliases) assert.ok(alias.factor > 0, alias.written)
      }
    })

    test('has an example whose profile the generic reader accepts', () => {
      if (!area.files.example) return
      const file = area.files.example as string
      checkProfile(readArea(name, file.replace(/\.csv$/, '.profile.json')))
      assert.match(readFileSync(join(areasFolder, name, file), 'utf8'), /^# simulated/)
    })
  })
}
