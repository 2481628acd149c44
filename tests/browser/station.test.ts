/** Station on a real node with its demonstration: zoom, proof, a tampered answer, and every view by day and night. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertSound, type BrowserNode, nightOnAPhone, noBrowser, openBrowserNode } from './browser-node.ts'

const station = '/stations/LA_011901'
const dayMs = 86_400_000

describe('Station', { skip: noBrowser }, () => {
  let house: BrowserNode
  before(async () => {
    house = await openBrowserNode({ LANMEI_DEMO: 'on' })
  })
  after(() => house?.close())

  test('a run of keys goes closer, fetches finer values once it rests, and writes itself into the address', async () => {
    const { page, go, context } = await house.visit()
    const asked = watchValues(page)
    await go(station)
    await page.locator('.u-over').waitFor()
    const before = asked.length
    await page.locator('.hydrograph .plot').focus()
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp')
    await page.waitForFunction(() => /from=/.test(location.search))
    await page.waitForLoadState('networkidle')
    const later = asked.slice(before)
    assert.ok(later.length >= 1 && later.length <= 6, `${later.length} requests`)
    assert.ok(widthOf(later[later.length - 1]) < 60 * dayMs)
    assert.ok(widthOf(new URL(page.url()).searchParams) < 40 * dayMs)
    await context.close()
  })

  test('a stretch drawn with the mouse is what is shown next', async () => {
    const { page, go, context } = await house.visit()
    await go(station)
    const box = await page.locator('.u-over').boundingBox()
    assert.ok(box)
    const y = box.y + box.height / 2
    const asked = watchValues(page)
    await page.mouse.move(box.x + box.width * 0.5, y)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.55, y, { steps: 4 })
    await page.mouse.up()
    await page.waitForFunction(() => /from=/.test(location.search))
    await page.waitForLoadState('networkidle')
    const width = widthOf(new URL(page.url()).searchParams)
    assert.ok(width > 15 * dayMs && width < 22 * dayMs, `${width / dayMs} days`)
    assert.ok(asked.length > 0, 'finer values were fetched')
    await context.close()
  })

  test('an address with a stretch shows that stretch, also without script', async () => {
    for (const plain of [false, true]) {
      const { page, go, context } = await house.visit({ plain })
      await go(`${station}?from=2026-01-01T00:00Z&to=2026-01-31T00:00Z`)
      const shown = plain
        ? await page.textContent('svg.still-wide')
        : await page.locator('.print-only svg').first().textContent()
      assert.match(shown ?? '', /Jan/)
      await context.close()
    }
  })

  test('“prove it” ends with every step holding', async () => {
    const { page, go, context } = await house.visit()
    await go(`${station}?view=table`)
    await page.locator('.values tbody a').nth(3).click()
    await page.locator('.proof').waitFor()
    await checkIt(page)
    assert.equal(await page.locator('.verdict-ok').count(), 1, (await page.textContent('.verdict')) ?? '')
    assert.equal(await page.locator('.verdict li').count(), 6)
    assert.equal(await page.getByText('✓').count(), 6)
    await context.close()
  })

  for (const [what, tamper, step] of [
    ['the value beside the proof', withOtherValue, 'say this value at this time'],
    ['the published values', withOtherBody, 'have the fingerprint the entry names'],
    ['the salt of the entry', withOtherSalt, 'have the fingerprint the entry names'],
  ] as const)
    test(`a tampered answer is shown as failed: ${what}`, async () => {
      const { page, go, context } = await house.visit()
      await go(`${station}?view=table`)
      let changed = 0
      await page.route(/\.data\?.*view=proof/, async (route) => {
        const response = await route.fetch()
        const told = await response.text()
        const body = tamper(told)
        if (body !== told) changed++
        await route.fulfill({ response, body })
      })
      await page.locator('.values tbody a').first().click()
      await page.locator('.proof').waitFor()
      assert.equal(changed, 1, 'the answer was changed on its way')
      await checkIt(page)
      assert.equal(await page.locator('.verdict-failed').count(), 1)
      assert.match(
        (await page.locator('.verdict li', { hasText: '✗' }).first().textContent()) ?? '',
        new RegExp(step),
      )
      await context.close()
    })

  for (const [language, view] of [
    ['en', 'statistics'],
    ['km', 'table'],
    ['my', 'flags'],
    ['zh', 'data'],
  ])
    test(`has no serious finding in ${language} by day and by night, wide and narrow, with ${view}`, async () => {
      const visitor = await house.visit({ language })
      for (const address of [station, `${station}?view=${view}`]) {
        await visitor.go(address)
        await assertSound(visitor, `${address} by day`)
        await nightOnAPhone(visitor)
        await assertSound(visitor, `${address} by night`)
        await visitor.page.emulateMedia({ colorScheme: 'light' })
        await visitor.page.setViewportSize({ width: 1440, height: 900 })
      }
      await visitor.context.close()
    })
})

/** The stretches of values the page asks for from now on. */
function watchValues(page: Page): URLSearchParams[] {
  const asked: URLSearchParams[] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (/\/observations$/.test(pathname) && searchParams.get('format') === 'binary') asked.push(searchParams)
  })
  return asked
}

function widthOf(query: URLSearchParams): number {
  return Date.parse(query.get('to') ?? '') - Date.parse(query.get('from') ?? '')
}

async function checkIt(page: Page): Promise<void> {
  await page.locator('.proof .button-next').click()
  await page.locator('.verdict').waitFor()
}

/** The proof as the page is told it: a flat list in which the value stands between its key and the next one. */
const valueTold = /("value",)(-?[\d.]+)(,"entry")/

function withOtherValue(told: string): string {
  return told.replace(valueTold, (_, before, value, after) => `${before}${Number(value) + 1}${after}`)
}

/** Somebody who rewrites the value and the published values alike. */
function withOtherBody(told: string): string {
  const value = valueTold.exec(told)?.[2]
  if (!value) return told
  return withOtherValue(told).replace(new RegExp(`,${value}\\]\\}`), `,${Number(value) + 1}]}`)
}

function withOtherSalt(told: string): string {
  return told.replace(/("salt","\w{4})(\w)/, (_, before, letter) => before + (letter === 'a' ? 'b' : 'a'))
}
