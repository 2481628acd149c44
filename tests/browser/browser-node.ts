/** For tests: a real node with the built portal in a temporary folder, and Chromium to use it as a person does. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '@lanmei/node/config'
import { type RunningNode, startNode } from '@lanmei/node/node'
import { pino } from 'pino'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import en from '../../apps/portal/texts/en.json' with { type: 'json' }

const chromiumOfDebian = '/usr/bin/chromium'
const executablePath =
  process.env.LANMEI_TEST_BROWSER || (existsSync(chromiumOfDebian) ? chromiumOfDebian : undefined)
const built = existsSync(join(import.meta.dirname, '../../apps/portal/build/server/index.js'))

/** Why tests in a browser are skipped, or false. */
export const noBrowser: string | false = !built
  ? 'the portal is not built (npm start builds it)'
  : executablePath
    ? false
    : 'there is no Chromium on this machine and LANMEI_TEST_BROWSER names none'

export type Key = keyof typeof en
/** What a page says in English under a key, so that a test follows a change of words. */
export const says = (key: Key): string => en[key]

export type BrowserNode = {
  readonly node: RunningNode
  readonly origin: string
  /** A folder of the test's own for files to upload. */
  readonly folder: string
  /** A visitor with cookies of his own, or those of another one. */
  visit(options?: Visit): Promise<Visitor>
  close(): Promise<void>
}
export type Visit = {
  language?: string
  width?: number
  dark?: boolean
  /** Without script: nothing of the page runs. */
  plain?: boolean
  as?: Visitor
}
export type Visitor = {
  readonly page: Page
  readonly context: BrowserContext
  /** What the console and the page complained about; refusals that were asked for are left out. */
  readonly complaints: string[]
  go(path: string): Promise<void>
}

/** Starts both, the node without its demonstration unless the settings ask for it. Close them after the tests. */
export async function openBrowserNode(settings: Record<string, string> = {}): Promise<BrowserNode> {
  const folder = mkdtempSync(join(tmpdir(), 'lanmei-browser-'))
  const config = readConfig({
    LANMEI_DATA: join(folder, 'data'),
    LANMEI_PORT: '0',
    LANMEI_MQTT_PORT: '0',
    LANMEI_DEMO: 'off',
    LANMEI_DISK_MINIMUM_MB: '0',
    ...settings,
  })
  const node = await startNode(config, { log: pino({ level: 'silent' }) })
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
    ],
  })
  const origin = node.address
  return {
    node,
    origin,
    folder,
    visit: (options) => visit(browser, origin, options),
    async close() {
      await browser.close()
      await node.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function visit(
  browser: Browser,
  origin: string,
  { language = 'en', width = 1440, dark = false, plain = false, as }: Visit = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: !plain,
    ...(as ? { storageState: await as.context.storageState() } : {}),
  })
  context.setDefaultTimeout(30_000)
  await context.addCookies([
    { name: 'lanmei-view', value: encodeURIComponent(`language=${language}`), url: origin },
  ])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // The browser itself notes every answer of 400 and above.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  return {
    page,
    context,
    complaints,
    async go(path) {
      await page.goto(origin + path)
      await page.waitForLoadState('networkidle')
    },
  }
}

/** The same page as a phone shows it at night. */
export async function nightOnAPhone({ page }: Visitor): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.waitForTimeout(300)
}

/** The code an authenticator app shows for a secret (RFC 6238: SHA-1, 30 seconds, six digits). */
export function totp(secret: string, ms = Date.now()): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replace(/\s/g, '')]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(ms / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const offset = hash[19] & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
type Finding = { id: string; impact: string; nodes: { html: string }[] }

/** No serious finding of axe, nothing wider than the screen, no complaint in the console. */
export async function assertSound({ page, complaints }: Visitor, name: string): Promise<void> {
  await page.evaluate(axe)
  const findings = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: unknown, options: unknown): Promise<{ violations: Finding[] }> }
    }
    return (await axe.run(document, { resultTypes: ['violations'] })).violations
  })
  const serious = findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
  assert.deepEqual(serious, [], name)
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wider <= 0, `${name} is ${wider} px wider than the screen`)
  assert.deepEqual(complaints, [], name)
}
