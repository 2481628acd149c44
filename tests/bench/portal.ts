/**
 * Benchmark of the portal in a browser: weight of the first view, time until River is interactive, one step of zoom.
 * Every ratio is what was measured to what is allowed. Usage: npm run bench -- portal [--json] [--rounds 5]
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { type BrowserNode, noBrowser, openBrowserNode } from '../browser/browser-node.ts'
import { median, type Result, report } from './report.ts'
import { levelAt, seriesIdOf, stationOf } from './synthetic.ts'

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' } },
})
const rounds = Number(options.rounds)
const say = (text: string) => process.stderr.write(`${text}\n`)
const allowed = { weightBytes: 400_000, interactiveMs: 2000, zoomMs: 150 }

if (noBrowser) throw new Error(noBrowser)
say('Starting a node with its demonstration')
const house = await openBrowserNode({ LANMEI_DEMO: 'on', LANMEI_READS_PER_MINUTE: '0' })
try {
  const results: Result[] = []
  say('Opening River with an empty cache')
  results.push(...(await firstView(house)))
  say('Loading ninety years of two readings a day')
  loadNinetyYears(house)
  say('Zooming from ninety years to days')
  results.push(await zoom(house))
  report('portal', results, options.json)
} finally {
  await house.close()
}

async function firstView({ visit }: BrowserNode): Promise<Result[]> {
  const times: { interactive: number; painted: number; map: number }[] = []
  const weights: Weight[] = []
  // The first round warms the server, not the browser.
  for (let round = 0; round <= rounds; round++) {
    const { page, context, go } = await visit()
    const weigh = await weighing(page)
    await page.addInitScript(watchHydration)
    await go('/')
    await page.waitForFunction('window.noted?.map')
    const noted = (await page.evaluate('window.noted')) as { interactive: number; map: number }
    const painted = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    )
    if (round > 0) {
      times.push({ ...noted, painted })
      weights.push(weigh())
    }
    await context.close()
  }
  const middle = <T, K extends keyof T>(list: T[], key: K) => median(list.map((one) => Number(one[key])))
  return [
    {
      id: 'first-view-weight',
      ratio: middle(weights, 'first') / allowed.weightBytes,
      goal: 1,
      better: 'lower',
      detail: {
        kB: middle(weights, 'first') / 1000,
        requests: middle(weights, 'requests'),
        'kB of fonts': middle(weights, 'fonts') / 1000,
        'kB of the movable map, later': middle(weights, 'map') / 1000,
      },
    },
    {
      id: 'river-interactive',
      ratio: middle(times, 'interactive') / allowed.interactiveMs,
      goal: 1,
      better: 'lower',
      detail: {
        ms: middle(times, 'interactive'),
        'worst ms': Math.max(...times.map(({ interactive }) => interactive)),
        'first paint ms': middle(times, 'painted'),
        'movable map ms': middle(times, 'map'),
      },
    },
  ]
}

type Weight = { first: number; map: number; fonts: number; requests: number }

/** Counts bytes as they come over the wire: fonts and what only the movable map needs stand apart. */
async function weighing(page: Page): Promise<() => Weight> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  const addresses = new Map<string, string>()
  const sum: Weight = { first: 0, map: 0, fonts: 0, requests: 0 }
  devtools.on('Network.responseReceived', ({ requestId, response }) => addresses.set(requestId, response.url))
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const address = addresses.get(requestId) ?? ''
    if (/\.woff2?$/.test(address)) sum.fonts += encodedDataLength
    else if (/live-map|maplibre|ground\.json/.test(address)) sum.map += encodedDataLength
    else {
      sum.first += encodedDataLength
      sum.requests++
    }
  })
  return () => sum
}
/** Runs in the page: notes when its elements answer to script, and when the movable map stands. */
function watchHydration(): void {
  const noted: { interactive?: number; map?: number } = {}
  Object.assign(window, { noted })
  const look = () => {
    const main = document.querySelector('main')
    // React leaves a property of its own on every element it has taken over.
    if (noted.interactive === undefined && main && Object.keys(main).some((key) => key.startsWith('__react')))
      noted.interactive = performance.now()
    if (document.querySelector('.live-map .marker')) noted.map = performance.now()
    else setTimeout(look, 4)
  }
  look()
}

function loadNinetyYears({ folder }: BrowserNode): void {
  const place = join(folder, 'mrc-export-2025', 'water-level-telemetry')
  mkdirSync(place, { recursive: true })
  let text = 'time,value\n'
  for (let ms = Date.UTC(1933, 0, 1); ms < Date.UTC(2023, 0, 1); ms += 43_200_000)
    text += `${new Date(ms).toISOString().slice(0, 16)},${levelAt(0, ms)}\n`
  const file = join(place, `${stationOf(0)}_Ninety-Years.csv`)
  writeFileSync(file, text)
  const command = join(import.meta.dirname, '../../apps/cli/bin.mjs')
  const done = spawnSync(process.execPath, [command, 'load', '--create-stations', '--json', file], {
    env: { ...process.env, LANMEI_DATA: join(folder, 'data'), LANMEI_MQTT_PORT: '0' },
    encoding: 'utf8',
  })
  if (done.status !== 0 || !done.stdout.includes('"stored":'))
    throw new Error(`the load ended with ${done.status}: ${done.stderr}`)
}

async function zoom({ visit }: BrowserNode): Promise<Result> {
  const { page, context, go } = await visit()
  await page.addInitScript(watchDrawing)
  await go(`/stations/${stationOf(0)}?series=${seriesIdOf(0)}&from=1933-01-01&to=2023-01-01`)
  await page.locator('.u-over').waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('.hydrograph .plot').focus()
  const local: number[] = []
  const finer: number[] = []
  for (const key of [...Array(12).fill('ArrowUp'), ...Array(6).fill('ArrowDown')]) {
    await page.evaluate('window.forget()')
    await page.keyboard.press(key)
    await page.waitForTimeout(900)
    const told = (await page.evaluate('window.stepTold()')) as { local: number; finer?: number }
    local.push(told.local)
    if (told.finer !== undefined) finer.push(told.finer)
  }
  await context.close()
  return {
    id: 'zoom-step',
    ratio: median(local) / allowed.zoomMs,
    goal: 1,
    better: 'lower',
    detail: {
      'ms to redrawn': median(local),
      'worst ms': Math.max(...local),
      'ms to finer values': median(finer),
      'worst ms to finer': Math.max(...finer),
      steps: local.length,
      'fetched in': finer.length,
    },
  }
}

/** Runs in the page: notes key presses, strokes on the canvas, frames, and when values were asked for and came. */
function watchDrawing(): void {
  let pressed = 0
  let strokes: number[] = []
  let frames: number[] = []
  let asked: number | undefined
  let came: number | undefined
  addEventListener('keydown', (event) => (pressed = event.timeStamp), true)
  const stroke = CanvasRenderingContext2D.prototype.stroke
  CanvasRenderingContext2D.prototype.stroke = function (this: CanvasRenderingContext2D, ...given: never[]) {
    strokes.push(performance.now())
    return stroke.apply(this, given as never)
  } as typeof stroke
  const fetching = window.fetch
  window.fetch = async (...given) => {
    const values = String(given[0]).includes('/observations')
    if (values) asked ??= performance.now()
    const answer = await fetching(...given)
    if (values) came = performance.now()
    return answer
  }
  const frame = () => {
    frames.push(performance.now())
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  /** The frame in which the last of some strokes can be seen, ms after the key. */
  const seen = (from: number, to: number) => {
    const last = Math.max(...strokes.filter((at) => at >= from && at < to))
    return (frames.find((at) => at > last) ?? last) - pressed
  }
  Object.assign(window, {
    forget() {
      strokes = []
      frames = []
      asked = came = undefined
    },
    stepTold: () => ({
      local: seen(pressed, asked ?? Number.POSITIVE_INFINITY),
      finer: came === undefined ? undefined : seen(came, Number.POSITIVE_INFINITY),
    }),
  })
}
