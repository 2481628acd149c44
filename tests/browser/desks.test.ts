/** The desks of the portal as people use them in a browser, from the first set-up to a checked journal. The tests build on each other. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import {
  assertSound,
  type BrowserNode,
  noBrowser,
  openBrowserNode,
  says,
  totp,
  type Visitor,
} from './browser-node.ts'

const administrator = { name: 'Sok Dara', email: 'dara@example.org', password: 'a long river password' }
const pages = [
  '/sign-in',
  '/account',
  '/administration/people',
  '/administration/roles',
  '/administration/keys',
  '/administration/organisations',
  '/upload',
  '/loads',
  '/loads/1',
  '/series',
  '/status',
]

describe('the desks', { skip: noBrowser }, () => {
  let house: BrowserNode
  let dara: Visitor
  let secret = ''

  before(async () => {
    house = await openBrowserNode()
    dara = await house.visit()
  })
  after(() => house?.close())

  test('the first set-up names what is missing, makes the administrator and asks for a second factor', async () => {
    const { page } = dara
    const code = new URL(house.node.setUp.address() ?? '').hash
    await dara.go(`/set-up${code}`)
    await press(page, says('set-up.send'))
    assert.equal(await page.locator('.wrong').count(), 3)
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('autocomplete')), 'name')
    await assertSound(dara, 'set-up')
    await page.getByLabel(says('set-up.party')).selectOption('kh')
    await page.getByLabel(says('form.name')).fill(administrator.name)
    await page.getByLabel(says('form.email')).fill(administrator.email)
    await page.getByLabel(says('form.password')).fill(administrator.password)
    await press(page, says('set-up.send'))
    await page.waitForURL(`${house.origin}/account`)
    await page.getByText(says('account.second-needed')).waitFor()

    await press(page, says('account.second-set-up'))
    await page.getByLabel(says('account.password-confirm')).fill(administrator.password)
    await press(page, says('form.next'))
    secret = await textOf(page.locator('p.secret'))
    await assertSound(dara, 'second factor')
    await page.getByLabel(says('account.first-code')).fill(totp(secret))
    await press(page, says('account.second-confirm'))
    assert.equal((await textOf(page.locator('#backup-codes'))).split('\n').length, 10)
    await press(page, says('account.codes-kept'))
    await page.getByText(says('account.second-on')).waitFor()
  })

  test('the set-up is closed once it is done', async () => {
    const stranger = await house.visit()
    await stranger.go('/set-up')
    await stranger.page.getByText(says('problem.setup-done')).waitFor()
    await stranger.context.close()
  })

  test('signing in leads back to the page asked for; a wrong password and a wrong code do not', async () => {
    const visitor = await house.visit({ width: 390 })
    const { page } = visitor
    await visitor.go('/administration/people')
    await page.getByRole('heading', { name: says('error.sign-in') }).waitFor()
    await page
      .getByRole('main')
      .getByRole('link', { name: says('nav.sign-in') })
      .click()
    await page.getByLabel(says('form.email')).fill(administrator.email)
    await page.getByLabel(says('form.password')).fill('not the password')
    await press(page, says('sign-in.title'))
    await page.getByText(says('problem.sign-in-wrong')).waitFor()
    await page.getByLabel(says('form.password')).fill(administrator.password)
    await press(page, says('sign-in.title'))
    await page.getByLabel(says('sign-in.code')).fill(totp(secret, 0))
    await press(page, says('sign-in.title'))
    await page.getByText(says('problem.code-wrong')).waitFor()
    await page.getByLabel(says('sign-in.code')).fill(totp(secret))
    await press(page, says('sign-in.title'))
    await page.waitForURL(`${house.origin}/administration/people`)
    await page.getByText(says('people.you'), { exact: true }).waitFor()
    await visitor.context.close()
  })

  test('a person is added, signs in with the first password, and is told what the role does not allow', async () => {
    const { page } = dara
    await dara.go('/administration/people')
    await page.getByLabel(says('form.name')).fill('Chan Sreymom')
    await page.getByLabel(says('form.email')).fill('mom@example.org')
    await press(page, says('people.make-password'))
    await page.getByLabel(says('duty.contributor')).check()
    await press(page, says('people.add'))
    const password = await textOf(page.locator('#first-password'))
    assert.match(password, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)

    const mom = await house.visit()
    await mom.go('/sign-in')
    await mom.page.getByLabel(says('form.email')).fill('mom@example.org')
    await mom.page.getByLabel(says('form.password')).fill(password)
    await press(mom.page, says('sign-in.title'))
    await mom.page.waitForURL(`${house.origin}/`)
    await mom.go('/administration/people')
    await mom.page.getByText(says('problem.reason.officer-needed')).waitFor()
    await assertSound(mom, 'not allowed')
    await mom.context.close()
  })

  test('an API key is shown once, works, and stops when it is ended', async () => {
    const { page } = dara
    await dara.go('/administration/keys')
    await page.getByLabel(says('keys.name')).fill('logger Kratie')
    await press(page, says('keys.add'))
    const key = await textOf(page.locator('#new-key'))
    const loads = async () =>
      (await fetch(`${house.origin}/api/loads`, { headers: { authorization: `Bearer ${key}` } })).status
    assert.equal(await loads(), 200)
    await dara.go('/administration/keys')
    assert.ok(!(await page.content()).includes(key))
    await press(page, says('keys.end'))
    await press(page, says('keys.end-yes'))
    await page.getByText(says('keys.none')).waitFor()
    assert.equal(await loads(), 401)
  })

  test('an organisation is edited, with its names in all scripts', async () => {
    const { page } = dara
    await dara.go('/administration/organisations')
    const entry = page.locator('.entry').filter({ hasText: 'kh-dhrw' })
    await entry.getByRole('button', { name: says('form.edit') }).click()
    await assertSound(dara, 'organisation')
    await entry.getByLabel(says('organisations.website')).fill('no address')
    await press(entry, says('form.save'))
    await entry.getByText(says('organisations.website-malformed')).waitFor()
    await entry.getByLabel(says('organisations.website')).fill('https://example.org/dhrw')
    await press(entry, says('form.save'))
    await entry.getByRole('link', { name: 'https://example.org/dhrw' }).waitFor()
  })

  test('an export without its folder is asked for its kind, loaded at the true time, and found as a series', async () => {
    const { page } = dara
    const file = join(house.folder, 'KH_014901_Kratie.csv')
    const days = Array.from({ length: 400 }, (_, i) => `${day(i)}T00:00,${(5 + Math.sin(i / 40)).toFixed(2)}`)
    writeFileSync(file, `time,value\n${days.join('\n')}\n`)
    await dara.go('/upload')
    const transfer = await give(page, file)
    await press(transfer, says('upload.load'))
    await transfer.getByText(says('upload.mrc-missing')).waitFor()
    await transfer.getByLabel(says('upload.mrc')).selectOption('water-level')
    await transfer.getByText('1 Jan 2020, 07:00 UTC+7').waitFor()
    await assertSound(dara, 'preview')
    await press(transfer, says('upload.load'))
    assert.deepEqual(await sumOf(transfer), [400, 400, 0, 0, 0])

    await dara.go('/series')
    await page.getByLabel(says('series.search')).fill('kratie level')
    await page.getByText('KH_014901.water-level.manual').waitFor()
    await page.waitForURL(/q=kratie/)
  })

  test('a table is confirmed by answers that change what is read; what is wrong is told by line', async () => {
    const { page } = dara
    const file = join(house.folder, 'muc-nuoc.csv')
    const lines = Array.from({ length: 30 }, (_, i) => {
      const [year, month, date] = day(i).split('-')
      return `${date}/${month}/${year};${i === 20 ? '#DIV/0!' : `${120 + i},5`}`
    })
    writeFileSync(file, `Ngày;Mực nước (cm)\r\n${lines.join('\r\n')}\r\n30/02/2020;1,0\r\n`)
    await dara.go('/upload')
    const transfer = await give(page, file)
    await press(transfer, says('upload.load'))
    await transfer.getByText(says('upload.station-missing')).waitFor()
    await transfer.getByRole('combobox', { name: says('series.station') }).fill('VN_019804')
    await transfer.locator('.first-values').getByText('VN_019804.water-level.manual').first().waitFor()
    await transfer.getByText('120.5 cm').waitFor()
    await transfer.getByLabel(says('upload.decimal')).selectOption('.')
    await transfer.getByText('120.5 cm').waitFor({ state: 'detached' })
    await transfer.getByLabel(says('upload.decimal')).selectOption(',')
    await transfer.getByText('120.5 cm').waitFor()
    await press(transfer, says('upload.load'))
    assert.deepEqual(await sumOf(transfer), [31, 29, 0, 0, 2])
    const refused = transfer.locator('.notice-lines tr').filter({ hasText: says('notice.malformed-number') })
    assert.match(await textOf(refused), /line 22[\s\S]*#DIV\/0!/)

    await transfer.getByRole('link', { name: says('upload.to-load') }).click()
    await page.getByRole('heading', { level: 1, name: 'muc-nuoc.csv' }).waitFor()
    const csv = await page.request.get(
      `${house.origin}${await page.getByRole('link', { name: says('notices.csv') }).getAttribute('href')}`,
    )
    assert.match(await csv.text(), /muc-nuoc\.csv,22,.*#DIV\/0!/)
  })

  test('a file that holds no readings is refused in words', async () => {
    const file = join(house.folder, 'letter.txt')
    writeFileSync(file, 'Dear colleagues,\nplease find the levels attached.\n')
    const transfer = await give(dara.page, file, '/upload')
    await transfer.getByText(says('notice.unknown-format')).waitFor()
    assert.equal(await transfer.getByRole('button', { name: says('upload.load') }).count(), 0)
  })

  test('a transfer cut off by a reload goes on where it stopped, and is found again while it waits', async () => {
    const { page, context } = dara
    const file = join(house.folder, 'long.csv')
    const quarter = (i: number) => new Date(Date.UTC(1990, 0, 1) + i * 900_000).toISOString().slice(0, 16)
    writeFileSync(
      file,
      `time,level m\n${Array.from({ length: 600_000 }, (_, i) => `${quarter(i)},5.25`).join('\n')}\n`,
    )
    await dara.go('/upload')
    const line = await context.newCDPSession(page)
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 4_000_000,
    })
    const transfer = await give(page, file, undefined, 'long.csv')
    await transfer.getByText(/ MB\/s/).waitFor()
    await page.reload()
    await transfer.getByText(says('upload.lost')).waitFor()
    await line.detach()
    const asked = page.waitForRequest((request) => request.method() === 'PATCH')
    await give(page, file)
    assert.ok(Number((await asked).headers()['upload-offset']) > 0)
    await transfer.getByText(says('upload.guessed')).waitFor()
    await page.reload()
    await transfer.getByText(says('upload.guessed')).waitFor()
    await transfer.getByRole('button', { name: says('upload.forget') }).click()
    await transfer.waitFor({ state: 'detached' })
  })

  test('the status page checks the journal in the browser, and again when it has grown', async () => {
    const { page } = dara
    await dara.go('/status')
    await page.getByRole('heading', { level: 1, name: says('status.well') }).waitFor()
    await press(page, says('journal.check'))
    await page.getByText(says('journal.consistency-first')).waitFor()
    assert.equal(await page.locator('.check-steps .verdict-well').count(), 4)
    await dara.go('/administration/roles')
    await page.getByLabel(says('roles.duty')).selectOption('reader')
    await press(page, says('roles.add'))
    const made = page.locator('.entry').filter({ hasText: 'kh-reader-2' })
    await press(made, says('roles.end'))
    await press(made, says('roles.again'))
    await made.getByRole('button', { name: says('roles.end') }).waitFor()
    await dara.go('/status')
    await press(page, says('journal.check'))
    await page.getByText(/^Memory It begins with the same/).waitFor()
    await assertSound(dara, 'checked')
  })

  for (const [language, width, dark] of [
    ['en', 390, true],
    ['km', 1440, false],
  ] as const)
    test(`every desk in ${language} at ${width} px, ${dark ? 'dark' : 'light'}: no serious finding of axe, no sideways scrolling`, async () => {
      const visitor = await house.visit({ language, width, dark, as: dara })
      for (const path of pages) {
        await visitor.go(path)
        assert.equal(await visitor.page.getAttribute('html', 'lang'), language)
        await assertSound(visitor, path)
      }
      await visitor.context.close()
    })
})

/** The button with exactly this name, within a page or a part of it. */
async function press(within: Page | Locator, name: string): Promise<void> {
  const main = 'goto' in within ? within.getByRole('main') : within
  await main.getByRole('button', { name, exact: true }).click()
}

/** What stands in one place of the page, once it is there. */
async function textOf(place: Locator): Promise<string> {
  return (await place.textContent()) ?? ''
}

/** Day of 2020 and after, as 2020-01-01. */
function day(i: number): string {
  return new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10)
}

/** Gives a file to the upload page; the place where it stands in the list. */
async function give(page: Page, file: string, path?: string, text?: string): Promise<Locator> {
  if (path) {
    await page.goto(new URL(path, page.url()).href)
    await page.waitForLoadState('networkidle')
  }
  await page.locator('input[type=file]').first().setInputFiles(file)
  return page.locator('.transfer').filter({ hasText: text ?? file.split('/').pop() })
}

/** Read, stored, there already, revised, refused, once the load has ended. */
async function sumOf(transfer: Locator): Promise<number[]> {
  await transfer.locator('.sum .sign').first().waitFor()
  const numbers = await transfer.locator('.sum dd').allTextContents()
  return numbers.map((text) => Number(text.replace(/\D/g, '')))
}
