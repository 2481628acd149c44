/** The portal in a real browser, with invented data: axe, zoom, language, map by keyboard, and no script at all. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, describe, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { notBuilt, type Served, serve } from './testing/built.ts'

const executablePath = process.env.LANMEI_TEST_BROWSER
const skip = notBuilt || (executablePath ? false : 'no browser (LANMEI_TEST_BROWSER)')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const station = '/stations/TH_013101'

describe('in a browser', { skip }, () => {
  let browser: Browser
  let served: Served

  before(async () => {
    served = await serve()
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--disable-background-networking',
      ],
    })
  })
  after(async () => {
    await browser?.close()
    await served?.close()
  })

  /** Opens a page and gathers what the console complains about. */
  async function open(path: string, language: string, width: number, scheme: 'light' | 'dark' = 'light') {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: scheme,
      bypassCSP: false,
    })
    await context.addCookies([
      { name: 'lanmei-view', value: encodeURIComponent(`language=${language}`), url: served.origin },
    ])
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.goto(served.origin + path)
    return { page, complaints, context }
  }

  async function findings(page: Page): Promise<string[]> {
    // Handed over as a function call of the tool, so the policy of the page stays as it is.
    await page.evaluate(axe)
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: {
          run(
            context: unknown,
            options: unknown,
          ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>
        }
      }
      return (await axe.run(document, { resultTypes: ['violations'] })).violations
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
  }

  for (const [path, language, width, scheme] of [
    ['/', 'en', 1440, 'light'],
    ['/', 'my', 390, 'dark'],
    [station, 'zh', 1440, 'dark'],
    [station, 'km', 390, 'light'],
    [`${station}?view=statistics`, 'en', 1440, 'light'],
    [`${station}?view=table`, 'th', 390, 'light'],
    [`${station}?view=flags`, 'lo', 390, 'dark'],
    ['/stations/NOWHERE', 'vi', 390, 'light'],
  ] as const)
    test(`${path} in ${language} at ${width} px, ${scheme}: no serious finding of axe, no complaint, no sideways scrolling`, async () => {
      const { page, complaints, context } = await open(path, language, width, scheme)
      await page.waitForLoadState('networkidle')
      assert.deepEqual(await findings(page), [])
      assert.deepEqual(
        complaints.filter((text) => !/404|WebGL|GPU/.test(text)),
        [],
      )
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
      await context.close()
    })

  test('a closer look at the hydrograph fetches finer values and writes itself into the address', async () => {
    const { page, context } = await open(station, 'en', 1440)
    await page.waitForSelector('.u-over')
    await page.waitForLoadState('networkidle')
    const before = served.asked.length
    await page.focus('.hydrograph .plot')
    const finer = page.waitForRequest(/observations.*resolution=auto.*format=binary/)
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp')
    await finer
    assert.ok(served.asked.length - before <= 6, 'a run of zoom steps asks once a series, not once a step')
    await page.waitForFunction(() => /from=/.test(location.search))
    const search = new URLSearchParams(await page.evaluate(() => location.search))
    assert.ok(Date.parse(search.get('to') ?? '') - Date.parse(search.get('from') ?? '') < 40 * 86_400_000)
    await context.close()
  })

  test('River can be read and walked without script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(served.origin)
    assert.match((await page.textContent('h1')) ?? '', /above flood level at 1 station/)
    await page.click('.attention a')
    assert.match((await page.textContent('h1')) ?? '', /Khong Chiam/)
    assert.ok(await page.isVisible('svg.still'))
    await context.close()
  })

  test('the language is chosen in the header and remembered', async () => {
    const { page, context } = await open('/', 'en', 1440)
    await page.click('.menu summary')
    await page.click('.menu a[lang="lo"]')
    await page.waitForFunction(() => document.documentElement.lang === 'lo')
    await page.goto(served.origin + station)
    assert.equal(await page.getAttribute('html', 'lang'), 'lo')
    await context.close()
  })

  test('a station on the map opens its card by keyboard', async () => {
    const { page, context } = await open('/', 'en', 1440)
    await page.waitForSelector('.maplibregl-marker button, button.maplibregl-marker', { timeout: 30_000 })
    await page.focus('button.marker[aria-label^="Pakse"]')
    await page.keyboard.press('Enter')
    assert.match((await page.textContent('.station-card')) ?? '', /Pakse.*Above alarm level/s)
    await page.keyboard.press('Escape')
    assert.equal(await page.$('.station-card'), null)
    await context.close()
  })
})
