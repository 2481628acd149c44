/** Nonsense to every route: it is refused in plain words, never with a fault of ours, and the node goes on. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { contract } from '@lanmei/api/contract'
import type { Route } from '@lanmei/api/route'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { writeRecords } from '../records/write.ts'
import { everybody, newNode, setUpNode, type TestNode } from '../testing/running-node.ts'

const runs = Number(process.env.FUZZ_RUNS ?? 25)

const realSeries = 'CN_CHANGDU.water-level.manual'
let node: TestNode
let asking: Record<string, Record<string, string>>
before(async () => {
  node = await newNode()
  await setUpNode(node)
  asking = await everybody(node)
  // Something real to ask nonsense about.
  const fields = {
    station: 'CN_CHANGDU',
    property: 'water-level',
    unit: 'm',
    procedure: 'manual',
    aggregation: 'instantaneous',
    origin: 'observed',
    audience: 'public',
  }
  await writeRecords(node.context, 'test', [
    { kind: 'series', id: realSeries, owner: node.context.journal.node, fields },
  ])
  const times = Array.from({ length: 400 }, (_, day) => Date.UTC(2023, 0, 1 + day))
  const body = { blocks: [{ series: realSeries, times, values: times.map((_, day) => 3 + (day % 30) / 10) }] }
  const taken = await node.ask({
    method: 'POST',
    url: '/api/observations',
    headers: asking['key of a contributor'],
    body,
  })
  assert.equal(taken.json.stored, 400, taken.text)
})

// NOTE: contract/replay.md gives pages without `complete`, the schema of the route asks for it: one of them is to be changed.
const unsettled = new Set(['journal.page'])

type Schema = {
  type?: string
  properties?: Record<string, Schema>
  anyOf?: Schema[]
  const?: unknown
  items?: Schema
}

const nasty = fc.constantFrom(
  '',
  '..',
  '%',
  '\u0000',
  '\ud800',
  '😀',
  "'; DROP TABLE person; --",
  '-1',
  '1e400',
  'NaN',
  'a'.repeat(5000),
)
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.stringMatching(/^[A-Za-z0-9._:-]{1,20}$/),
  fc.constantFrom(
    realSeries,
    'CN_CHANGDU',
    'station',
    'series',
    'role',
    'la-officer',
    '0',
    '1',
    '400',
    '2023-05-01',
  ),
  fc.constantFrom(
    'auto',
    'raw',
    'month',
    'csv',
    'parquet',
    'arrow',
    'binary',
    'good,suspect',
    '2023-01-01T00:00:00Z',
  ),
  nasty,
)
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -1, 2 ** 31, 2 ** 53, 9e15))

/** Values near a schema: sometimes of its type, sometimes of any. */
function near(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  const anything = fc.jsonValue({ maxDepth: 2 })
  if (depth > 4) return anything
  const choices: fc.Arbitrary<unknown>[] = [anything]
  if ('const' in schema) choices.push(fc.constant(schema.const))
  for (const option of schema.anyOf ?? []) choices.push(near(option, depth + 1))
  if (schema.type === 'string') choices.push(text)
  if (schema.type === 'integer' || schema.type === 'number') choices.push(number)
  if (schema.type === 'array') choices.push(fc.array(near(schema.items ?? {}, depth + 1), { maxLength: 5 }))
  if (schema.properties) {
    const parts = Object.entries(schema.properties).map(
      ([name, part]) => [name, near(part, depth + 1)] as const,
    )
    choices.push(
      fc.record(Object.fromEntries(parts), { requiredKeys: [] }),
      fc.record(Object.fromEntries(parts)),
    )
  }
  return fc.oneof(...choices.map((arbitrary, i) => ({ arbitrary, weight: i === 0 ? 1 : 6 })))
}

function texts(schema: Route['query']): fc.Arbitrary<Record<string, string>> {
  const names = Object.keys((schema as Schema | undefined)?.properties ?? {})
  const values = Object.fromEntries(names.map((name) => [name, fc.oneof(text, number.map(String))]))
  return fc.record(values, { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>
}

function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed())
}

for (const route of contract)
  test(`nonsense to ${route.method} ${route.path} is never our fault, and what is answered fits the contract`, async () => {
    const fits = route.answer && !unsettled.has(route.id) ? Compile(route.answer) : undefined
    const parameters = Object.keys((route.parameters as Schema | undefined)?.properties ?? {})
    await fc.assert(
      fc.asyncProperty(
        fc.record(Object.fromEntries(parameters.map((name) => [name, text]))),
        texts(route.query),
        route.body ? near(route.body as Schema) : fc.constant(undefined),
        fc.constantFrom('nobody', 'officer', 'key of a contributor', 'administrator'),
        async (path, query, body, who) => {
          const address = route.path.replace(/:([a-z]+)/gi, (_, name: string) =>
            encode((path as Record<string, string>)[name]),
          )
          const search = Object.entries(query).map(([name, value]) => `${name}=${encode(value)}`)
          const answer = await node.ask({
            method: route.method,
            url: search.length ? `${address}?${search.join('&')}` : address,
            headers: asking[who],
            ...(body === undefined ? {} : { body }),
          })
          assert.ok(
            answer.status < 500,
            `${answer.status} ${answer.text}\n${JSON.stringify(node.logged.at(-1))}`,
          )
          if (
            answer.status < 300 &&
            fits &&
            String(answer.headers['content-type']).startsWith('application/json')
          )
            assert.deepEqual(
              fits.Check(answer.json) ? [] : fits.Errors(answer.json).slice(0, 3),
              [],
              answer.text.slice(0, 500),
            )
          if (answer.status >= 400 && route.method !== 'GET')
            assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
        },
      ),
      { numRuns: runs },
    )
  })

test('after all that the node answers', async () => {
  assert.deepEqual((await node.ask({ url: '/health/ready' })).json, { ready: true })
})
