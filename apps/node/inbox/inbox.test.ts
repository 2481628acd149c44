/** The watched folder: files are loaded once they are whole, and moved aside with their report; a restart goes on. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { newAlarms } from '../status/alarms.ts'
import { newServices } from '../status/part-states.ts'
import { newNode, type TestNode } from '../testing/running-node.ts'
import { openInbox } from './inbox.ts'

let node: TestNode
let folder: string
before(async () => {
  node = await newNode()
  folder = join(node.folder, 'inbox')
})

function open() {
  const services = newServices(newAlarms(node.context.log))
  return openInbox(node.context, folder, services, { pollMs: 50, stableMs: 100 })
}

const table = (station: string) =>
  ['station,property,time,value,unit', ...['4.2', '4.3', 'bad', '4.4'].map(rowOf(station))].join('\n')

function rowOf(station: string) {
  return (value: string, i: number) => `${station},water-level,2024-01-0${i + 1}T00:00:00Z,${value},m`
}

async function appears(path: string, match: RegExp): Promise<string> {
  for (;;) {
    const found = existsSync(path) ? readdirSync(path, { recursive: true }).map(String) : []
    const name = found.find((entry) => match.test(entry))
    if (name) return join(path, name)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function report(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8'))
}

const known = 'CN_CHANGDU'

test('a good file goes to done with a report of every row', { timeout: 60_000 }, async () => {
  const inbox = open()
  mkdirSync(join(folder, 'from the field'), { recursive: true })
  writeFileSync(join(folder, 'from the field', 'levels.csv'), table(known))
  const path = await appears(join(folder, 'done'), /levels\.csv\.report\.json$/)
  const { state, read, stored, refused, list } = report(path) as Record<string, unknown> & {
    list: { line: number }[]
  }
  assert.deepEqual([state, read, stored, refused], ['done', 4, 3, 1])
  assert.ok(list.some(({ line }) => line === 4))
  await appears(join(folder, 'done'), /\d+-levels\.csv$/)
  assert.ok(!existsSync(join(folder, 'from the field', 'levels.csv')))
  await inbox.close()
})

test('a file nobody can read goes to refused with the reason', { timeout: 60_000 }, async () => {
  const inbox = open()
  writeFileSync(join(folder, 'picture.bin'), Buffer.from([0, 1, 2, 3, 0, 255]))
  const path = await appears(join(folder, 'refused'), /picture\.bin\.report\.json$/)
  assert.ok(Object.keys(report(path).notices as object).length > 0)
  await inbox.close()
})

test('what was put there while the node was down is taken at the next start', {
  timeout: 60_000,
}, async () => {
  writeFileSync(join(folder, 'later.csv'), table(known).replaceAll('2024', '2023'))
  const inbox = open()
  await appears(join(folder, 'done'), /later\.csv\.report\.json$/)
  await inbox.close()
})

test('files that are still being written, and hidden ones, are left alone', { timeout: 60_000 }, async () => {
  writeFileSync(join(folder, 'half.csv.part'), table(known))
  writeFileSync(join(folder, '.hidden.csv'), table(known))
  const inbox = open()
  writeFileSync(join(folder, 'after.csv'), table(known).replaceAll('2024', '2022'))
  await appears(join(folder, 'done'), /after\.csv\.report\.json$/)
  assert.ok(existsSync(join(folder, 'half.csv.part')))
  assert.ok(existsSync(join(folder, '.hidden.csv')))
  await inbox.close()
})
