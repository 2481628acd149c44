/** The guides are true: their tables are what the code says, and their examples run against a node. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { summaries } from '../apps/cli/texts.ts'
import { settings } from '../apps/node/config.ts'
import {
  administrator,
  newNode,
  password,
  setUpNode,
  signIn,
  type TestNode,
} from '../apps/node/testing/running-node.ts'
import { noticeCodes } from '../packages/model/notice.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const holds = (path: string) => readFileSync(join(root, path), 'utf8')
const operators = holds('docs/operators.md')
const guides = { data: holds('docs/data.md'), operators, journal: holds('docs/journal.md') }

/** The blocks of one language in a document. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, code]) => code,
  )
}

/** First cells of the rows of the table under a heading, without their marks of code. */
function firstCells(text: string, heading: string): string[] {
  const [, rest = ''] = text.split(`\n## ${heading}\n`)
  const section = rest.split(/\n## /)[0]
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, cell]) => cell)
}

test('the table of settings is that of the program', () => {
  const row = (name: string, standard: string, doc: string) =>
    `| \`${name}\` | ${standard === '' ? '' : `\`${standard}\``} | ${doc} |`
  const rows = Object.entries(settings).map(([name, { standard, doc }]) => row(name, standard, doc))
  assert.ok(rows.length > 20)
  for (const line of rows) assert.ok(operators.includes(`\n${line}\n`), `docs/operators.md lacks:\n${line}`)
  assert.deepEqual(firstCells(operators, 'Settings'), Object.keys(settings), 'no more and no others')
})

test('every alarm, notice and command of the program stands in the guide, and no other', () => {
  const code = globSync('apps/node/**/*.ts', { cwd: root, exclude: ['**/node_modules/**', '**/*.test.ts'] })
  const raised = code.flatMap((path) =>
    [...holds(path).matchAll(/'([a-z-]+)',\s*'(?:warning|critical)'/g)].map(([, name]) => name),
  )
  assert.ok(raised.includes('disk-nearly-full'), 'the alarms were found')
  assert.deepEqual(firstCells(operators, 'Alarms').sort(), [...new Set(raised)].sort())
  assert.deepEqual(firstCells(operators, 'What the notices mean').sort(), Object.keys(noticeCodes).sort())
  const commands = firstCells(operators, 'The command lanmei').map((cell) => cell.split(' ')[1])
  assert.deepEqual(commands.sort(), Object.keys(summaries).sort())
})

let node: TestNode
let folder: string
let key: string
/** Of the demonstration's values at Pakse, whose times follow the clock of the machine. */
let firstTime: string
const series = 'LA_013901.water-level.simulated'
const address = () => node.address.replace('localhost', '127.0.0.1')
/** The guides name an address, a key and a person of their own; here they become those of the test. */
const here = (text: string) =>
  text
    .replaceAll('http://localhost:8080', address())
    .replaceAll('lanmei_put-your-key-here', key)
    .replaceAll('you@example.org', administrator.email)
    .replaceAll('your long password', password)
    .replace(/^TIME=.*$/m, `TIME=${firstTime}`)
    .replace(/^MOMENT=.*$/m, `MOMENT=${new Date().toISOString()}`)

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lanmei-docs-'))
  node = await newNode({ LANMEI_DEMO: 'on' })
  await setUpNode(node)
  const { json } = await node.ask({
    method: 'POST',
    url: '/api/keys',
    headers: await signIn(node, administrator.email),
    body: { name: 'guide', duty: 'contributor' },
  })
  key = String(json.key)
  const values = await node.ask({ url: `/api/series/${series}/observations` })
  firstTime = new Date((values.json.times as number[])[0]).toISOString().replace('.000Z', 'Z')
})
after(() => rmSync(folder, { recursive: true, force: true }))

/** Beside the test's own process, which has to answer meanwhile. */
function run(program: string, args: string[]): Promise<{ code: number; out: string; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, env: { ...process.env, CURL_HOME: folder } })
    let out = ''
    let said = ''
    child.stdout.on('data', (chunk) => {
      out += chunk.toString('latin1')
    })
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.once('error', reject)
    child.once('close', (code) =>
      resolve({ code: code ?? 1, out: Buffer.from(out, 'latin1').toString(), said }),
    )
  })
}

const missing = (program: string, ...args: string[]) =>
  spawnSync(program, args).status === 0 ? false : `${[program, ...args].join(' ')} does not work here`

/** What an answer lacks to be a sensible one; undefined when it is. */
function faultOf(command: string, body: Buffer): string | undefined {
  const text = body.toString()
  if (command.includes('format=parquet')) return text.startsWith('PAR1') ? undefined : 'no Parquet'
  if (command.includes('format=arrow')) return body[0] === 0xff && body.length > 1000 ? undefined : 'no Arrow'
  if (command.includes('format=csv'))
    return text.split('\n').filter((line) => /^\d{4}-/.test(line)).length > 0 ? undefined : 'no rows'
  if (/\/(journal\/checkpoint|metrics)"/.test(command)) return text.length > 100 ? undefined : 'too short'
  const value = JSON.parse(text)
  const firstList = Object.values(value).find(Array.isArray)
  // Nothing of the demonstration was revised or judged by hand, and its years are too few for return periods.
  const mayBeEmpty = /simulated\/(flags|revisions)|SERIES\/(flags|revisions|statistics)|\/api\/status/.test(
    command,
  )
  if (firstList?.length === 0 && !mayBeEmpty && !command.includes('/api/observations')) return 'an empty list'
  if (typeof value.refused === 'number' && value.stored + value.revised === 0) return 'nothing was stored'
  return undefined
}

/** The commands that begin with curl, with what the document assigns before them. */
function curlCommands(text: string): { command: string; assigned: string }[] {
  let assigned = ''
  return blocks(text, 'sh').flatMap((block) =>
    block
      .replaceAll('\\\n', ' ')
      .split(/\n(?=\S)/)
      .flatMap((line) => {
        const command = line.trim()
        if (/^[A-Z_]+=/.test(command)) assigned += `${command}\n`
        return command.startsWith('curl ') ? [{ command, assigned }] : []
      }),
  )
}

const noCurl = missing('curl', '--version')
test('every curl line of the guides answers, with something in it', { skip: noCurl }, async (t) => {
  writeFileSync(join(folder, '.curlrc'), 'fail\nsilent\nshow-error\nmax-time = 60\n')
  // What the operators' guide makes, the data guide writes to.
  for (const name of ['operators', 'data', 'journal'] as const) {
    const commands = curlCommands(guides[name])
    assert.ok(commands.length > 0, name)
    for (const { command, assigned } of commands)
      await t.test(`${name}: ${command.slice(0, 140)}`, async () => {
        const { code, out, said } = await run('sh', ['-ec', here(`${assigned}${command}`)])
        assert.equal(code, 0, said)
        const file = / -o (\S+)/.exec(command)?.[1]
        const fault = faultOf(command, file ? readFileSync(join(folder, file)) : Buffer.from(out))
        assert.equal(fault, undefined, out.slice(0, 300))
      })
  }
})

const python = process.env.PYTHON ?? 'python3'
const noPandas = missing(python, '-c', 'import pandas, pyarrow, cryptography')
test('every Python example of the guides runs', { skip: noPandas }, async (t) => {
  const { json: journal } = await node.ask({ url: '/journal/keys' })
  const vkey = String((journal.keys as { vkey: string }[])[0].vkey)
  for (const code of [...blocks(guides.data, 'python'), ...blocks(guides.journal, 'python')])
    await t.test(code.split('\n').slice(0, 6).join(' ').slice(0, 120), async () => {
      const args = code.includes('sys.argv') ? [address(), series, firstTime, vkey] : []
      const { code: status, out, said } = await run(python, ['-c', here(code), ...args])
      assert.equal(status, 0, said)
      assert.ok(out.length > 10, out)
    })
})

const noR = missing('Rscript', '-e', 'library(jsonlite)')
test('every R example of the guide runs', { skip: noR }, async (t) => {
  for (const code of blocks(guides.data, 'r')) {
    const library = /^library\((\w+)\)/.exec(code)?.[1]
    const absent = library && missing('Rscript', '-e', `library(${library})`)
    await t.test(code.split('\n')[0], { skip: absent || false }, async () => {
      const { code: status, out, said } = await run('Rscript', ['-e', here(code)])
      assert.equal(status, 0, said)
      assert.ok(out.length > 10, out)
    })
  }
})

test('the profile of the guide reads its file as the guide says', async () => {
  const { checkProfile } = await import('../packages/standards/profile-csv/profile.ts')
  const { profileCsv } = await import('../packages/standards/profile-csv/reader.ts')
  const [profile] = blocks(operators, 'json').map((text) => JSON.parse(text))
  const [table] = blocks(operators, 'csv')
  checkProfile(profile)
  const values: (number | null)[] = []
  const times: string[] = []
  const notices: string[] = []
  const source = {
    name: 'pakse-2026.csv',
    async *open() {
      yield new TextEncoder().encode(table)
    },
  }
  for await (const event of profileCsv.read(source, profile)) {
    if (event.type === 'values') {
      values.push(...Array.from(event.values, (value) => (Number.isNaN(value) ? null : value)))
      times.push(...Array.from(event.times, (ms) => new Date(ms).toISOString().slice(0, 16)))
    } else if (event.type === 'notice') notices.push(event.notice.code)
  }
  assert.deepEqual(values, [412.5, 410, null, 405.5])
  assert.deepEqual(times, ['2026-11-01T00:00', '2026-11-01T12:00', '2026-11-02T00:00', '2026-11-02T12:00'])
  assert.deepEqual(notices.sort(), ['impossible-date', 'malformed-number'])
})
