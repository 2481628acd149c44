/** An upload in pieces, its preview, its load from the queue with notices by line; and who and what is refused. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type Answer, everybody, newNode, setUpNode, type TestNode } from '../testing/running-node.ts'
import { cleanName } from './uploads.ts'

let node: TestNode
let key: Record<string, string>
let admin: Record<string, string>
before(async () => {
  node = await newNode({ LANMEI_UPLOAD_MAXIMUM_MB: '1' })
  await setUpNode(node)
  const asking = await everybody(node)
  key = asking['key of a contributor']
  admin = asking.administrator
})

const file = `station,property,time,value,unit
LA_011201,water-level,2024-01-01T07:00:00+07:00,4.20,m
LA_011201,water-level,2024-01-02T07:00:00+07:00,4.25,m
LA_011201,water-level,2024-01-03T07:00:00+07:00,#DIV/0!,m
LA_011201,water-level,2024-01-04T07:00:00+07:00,4.31,m
`

function tus(method: string, url: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  return node.ask({ method, url, headers: { ...key, 'tus-resumable': '1.0.0', ...headers }, body })
}

async function create(name: string, length: number): Promise<string> {
  const metadata = `filename ${Buffer.from(name).toString('base64')}`
  const answer = await tus('POST', '/api/uploads/files', {
    'upload-length': String(length),
    'upload-metadata': metadata,
  })
  assert.equal(answer.status, 201, answer.text)
  return String(answer.headers.location)
}

function piece(url: string, offset: number, body: string): Promise<Answer> {
  const type = 'application/offset+octet-stream'
  return tus('PATCH', url, { 'upload-offset': String(offset), 'content-type': type }, body)
}

async function upload(name: string, text: string): Promise<string> {
  const url = await create(name, Buffer.byteLength(text))
  const answer = await piece(url, 0, text)
  assert.equal(answer.status, 204, answer.text)
  return url.split('/').at(-1) as string
}

async function ended(load: unknown): Promise<Record<string, unknown>> {
  for (;;) {
    const { json } = await node.ask({ url: `/api/loads/${load}`, headers: key })
    if (json.state !== 'waiting' && json.state !== 'running') return json
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('a file sent in two pieces is resumed where it stopped', async () => {
  const url = await create('levels.csv', file.length)
  const id = url.split('/').at(-1)
  await piece(url, 0, file.slice(0, 50))
  const head = await tus('HEAD', url, {})
  assert.equal(head.headers['upload-offset'], '50')
  assert.equal((await node.ask({ url: `/api/uploads/${id}`, headers: key })).json.complete, false)
  const early = await node.ask({ method: 'POST', url: `/api/uploads/${id}/load`, headers: key, body: {} })
  assert.equal(early.status, 409)
  assert.equal((await piece(url, 10, 'x')).status, 409, 'a wrong offset is refused')
  assert.equal((await piece(url, 50, file.slice(50))).status, 204)
  assert.equal((await node.ask({ url: `/api/uploads/${id}`, headers: key })).json.complete, true)
})

test('the preview shows format, first lines, values as read, and what is wrong', async () => {
  const id = await upload('levels.csv', file)
  const { json, text } = await node.ask({ url: `/api/uploads/${id}`, headers: key })
  assert.equal(json.format, 'profile-csv', text)
  assert.equal((json.head as string[])[0], file.split('\n')[0])
  const rows = json.rows as { value: number; time: string; line: number }[]
  assert.deepEqual([rows[0].value, rows[0].time, rows[0].line], [4.2, '2024-01-01T00:00:00Z', 2])
  assert.ok(
    (json.notices as { code: string; line: number }[]).some(
      (n) => n.code === 'malformed-number' && n.line === 4,
    ),
  )
})

test('a load counts every row, its notices are listed by line, and again it stores nothing new', async () => {
  const load = async () => {
    const id = await upload('levels.csv', file)
    const asked = await node.ask({
      method: 'POST',
      url: `/api/uploads/${id}/load`,
      headers: key,
      body: { createStations: true },
    })
    assert.equal(asked.status, 202, asked.text)
    return { load: asked.json.load, ...(await ended(asked.json.load)) } as Record<string, unknown>
  }
  const first = await load()
  assert.equal(first.state, 'done', JSON.stringify(first))
  const counts = first.counts as Record<string, number>
  assert.deepEqual([counts.read, counts.stored, counts.refused], [4, 3, 1])
  assert.equal(counts.read, counts.stored + counts.unchanged + counts.revised + counts.refused)
  const { json } = await node.ask({ url: `/api/notices?load=${first.load}`, headers: key })
  const wrong = (json.notices as Record<string, unknown>[]).find(({ code }) => code === 'malformed-number')
  assert.deepEqual([wrong?.line, wrong?.read, wrong?.severity, wrong?.refused], [4, '#DIV/0!', 'error', 1])
  const again = (await load()).counts as Record<string, number>
  assert.deepEqual([again.stored, again.unchanged, again.revised], [0, 3, 0])
  const list = await node.ask({ url: '/api/loads?limit=1', headers: key })
  const next = await node.ask({ url: `/api/loads?limit=1&cursor=${list.json.next}`, headers: key })
  assert.notDeepEqual(list.json.loads, next.json.loads)
})

test('what is no table is refused by its content, whatever its name says', async () => {
  const id = await upload('levels.csv', `\u0000\u0001\u0002PK${'\u0000'.repeat(300)}`)
  const { json } = await node.ask({ url: `/api/uploads/${id}`, headers: key })
  assert.ok((json.notices as { code: string }[]).length > 0)
  assert.deepEqual(json.rows, [])
})

test('a file above the limit, a guessed name and a way out of the folder are refused', async () => {
  const large = await tus('POST', '/api/uploads/files', { 'upload-length': String(2 << 20) })
  assert.equal(large.status, 413)
  for (const id of ['0'.repeat(32), '..', 'x'])
    assert.ok([400, 404].includes((await node.ask({ url: `/api/uploads/${id}`, headers: key })).status), id)
  const out = await tus('HEAD', '/api/uploads/files/..%2f..%2fkeys%2fkeys.json', {})
  assert.equal(out.status, 404)
})

test('a name keeps its folders and loses everything that could lead elsewhere', () => {
  assert.equal(cleanName('a\\b/../c\u0000.csv'), 'a/b/c.csv')
  assert.equal(cleanName('../../'), 'upload')
  assert.equal(cleanName('x'.repeat(1000)).length, 400)
})

test('with a full disk nothing is taken in, and the node says so', async () => {
  const full = await newNode({ LANMEI_DISK_MINIMUM_MB: '90000000' })
  await setUpNode(full)
  const { 'key of a contributor': headers } = await everybody(full)
  const body = { observations: [{ series: 'x', time: 0, value: 1 }] }
  const answer = await full.ask({ method: 'POST', url: '/api/observations', headers, body })
  assert.equal(answer.status, 507)
  assert.equal(answer.json.code, 'disk-nearly-full')
  const { json } = await full.ask({ url: '/api/status' })
  assert.ok((json.alarms as { code: string }[]).some(({ code }) => code === 'disk-nearly-full'))
  await full.stop()
})

test('the rows taken in and refused appear in the metrics', async () => {
  const body = { observations: [{ series: 'unknown', time: 0, value: 1 }] }
  const answer = await node.ask({ method: 'POST', url: '/api/observations', headers: key, body })
  assert.equal(answer.status, 202, answer.text)
  const { text, headers } = await node.ask({ url: '/metrics', headers: admin })
  assert.match(String(headers['content-type']), /openmetrics-text/)
  assert.match(text, /lanmei_api_rows_total\{outcome="refused"\} 1/)
  assert.match(text, /lanmei_load_refused_rows\{code="malformed-number"\} \d/)
  assert.match(text, /# EOF\n$/)
})
