/** River on a real node with its demonstration: read, walked by keyboard, without script, in several languages, by day and night. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { assertSound, type BrowserNode, nightOnAPhone, noBrowser, openBrowserNode } from './browser-node.ts'

describe('River', { skip: noBrowser }, () => {
  let house: BrowserNode
  before(async () => {
    house = await openBrowserNode({ LANMEI_DEMO: 'on' })
  })
  after(() => house?.close())

  test('tells the state of the river, how many gauges report, as of when, and that it is simulated', async () => {
    const { page, go, context } = await house.visit({ plain: true })
    await go('/')
    assert.match((await page.textContent('h1')) ?? '', /^The river is /)
    assert.match((await page.textContent('.reporting')) ?? '', /^[1-9]\d* of \d+ gauges report$/)
    assert.match((await page.textContent('.headline')) ?? '', /As of .*UTC.*Simulated data/s)
    await context.close()
  })

  test('draws each state apart: nothing unknown stands among what is known', async () => {
    const { page, go, context } = await house.visit({ plain: true })
    await go('/')
    const marks = await page.$$eval('.profile a', (links) =>
      links.map((link) => ({
        unknown: link.querySelector('.state-unknown') !== null,
        y: link.getBoundingClientRect().y,
      })),
    )
    const lowestKnown = Math.max(...marks.filter(({ unknown }) => !unknown).map(({ y }) => y))
    const highestUnknown = Math.min(...marks.filter(({ unknown }) => unknown).map(({ y }) => y))
    assert.ok(marks.length > 20)
    assert.ok(lowestKnown < highestUnknown)
    await context.close()
  })

  test('writes no name over another one at any width', async () => {
    for (const [language, width] of [
      ['en', 1440],
      ['km', 1024],
      ['my', 390],
      ['zh', 700],
    ] as const) {
      // What is drawn without script stays as it is; waiting for the map would only take time.
      const { page, go, context } = await house.visit({ language, width, plain: true })
      await go('/')
      const boxes = await page.$$eval('.profile .name text', (texts) =>
        texts
          .filter((text) => text.checkVisibility())
          .map((text) => {
            const { x, y, width, height } = text.getBoundingClientRect()
            return { text: text.textContent, x, y, width, height }
          }),
      )
      assert.ok(boxes.length > 3, `${language} at ${width} px has names`)
      for (const a of boxes)
        for (const b of boxes) {
          const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || Math.abs(a.y - b.y) > 10
          assert.ok(a === b || apart, `${language} at ${width} px: ${a.text} and ${b.text}`)
        }
      await context.close()
    }
  })

  test('a station is found on the map by keyboard, and its card opens and closes', async () => {
    const { page, go, context } = await house.visit()
    await go('/')
    const marker = page.locator('button.marker[aria-label^="Pakse"]').first()
    await marker.waitFor()
    await page.locator('.map-tools button').last().focus()
    const reached = await marker.evaluate((button: HTMLElement) => button.tabIndex >= 0)
    assert.ok(reached, 'the marker is among what the tab key visits')
    await marker.focus()
    await page.keyboard.press('Enter')
    assert.match((await page.textContent('.station-card')) ?? '', /Pakse/)
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('.station-card').count(), 0)
    await context.close()
  })

  test('is read and walked without script', async () => {
    const { page, go, context } = await house.visit({ plain: true, width: 390 })
    await go('/')
    assert.match((await page.textContent('h1')) ?? '', /^The river is /)
    assert.ok((await page.locator('.profile a').count()) > 20)
    assert.ok(await page.locator('svg.drawn-map').isVisible())
    await page.locator('.all-stations summary').click()
    await page.locator('.all-stations a', { hasText: 'Vientiane KM4' }).click()
    assert.match((await page.textContent('h1')) ?? '', /Vientiane/)
    assert.ok(await page.locator('svg.still-narrow').isVisible())
    await context.close()
  })

  test('the language is chosen in the header and remembered', async () => {
    const { page, go, context } = await house.visit()
    await go('/')
    await page.locator('.menu summary').first().click()
    await page.locator('.menu a[lang="lo"]').click()
    await page.waitForFunction(() => document.documentElement.lang === 'lo')
    await go('/stations/LA_011901')
    assert.equal(await page.getAttribute('html', 'lang'), 'lo')
    assert.match((await page.textContent('h1')) ?? '', /ວຽງຈັນ/)
    await context.close()
  })

  test('night is chosen in the header, changes the ground and is remembered', async () => {
    const { page, go, context } = await house.visit()
    await go('/')
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    const day = await ground()
    await page.locator('.menu summary', { hasText: 'Display' }).click()
    await page.locator('.menu a', { hasText: 'Dark' }).click()
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark')
    assert.notEqual(await ground(), day)
    await go('/stations/LA_011901')
    assert.equal(await page.getAttribute('html', 'data-theme'), 'dark')
    await context.close()
  })

  for (const language of ['en', 'km', 'my', 'zh'])
    test(`has no serious finding in ${language} by day and by night, wide and narrow`, async () => {
      const visitor = await house.visit({ language })
      await visitor.go('/')
      await visitor.page.locator('.live-map .marker').first().waitFor()
      await assertSound(visitor, 'day')
      await nightOnAPhone(visitor)
      await assertSound(visitor, 'night')
      await visitor.context.close()
    })
})
