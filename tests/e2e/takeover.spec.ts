// The drawn page and the app: taken over as it is where nobody touched it, drawn anew where somebody did, never twice.

import { expect, open, press, card, test, type Page } from './support.ts'

test.use({ expectedErrors: [/404 .*\/nothing-here\)$/] })

const ADDRESSES = ['/', '/?q=boxing', '/?category=Recovery', '/services/1220000101', '/sign-in?next=/bookings', '/bookings', '/bookings/2033', '/booked/2033', '/nothing-here']

declare global {
  interface Element {
    drawn?: boolean
  }
  interface Window {
    sameDocument?: boolean
  }
}

/** Opens a page, keeps the app from starting until every element that was drawn is marked, and lets it start. */
async function openMarked(page: Page, address: string) {
  let letStart = () => {}
  const marked = new Promise<void>((go) => (letStart = go))
  await page.route(/_bg\.wasm$/, async (route) => {
    await marked
    await route.continue()
  })
  const started = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/session')
  await page.goto(address, { waitUntil: 'commit' })
  await page.locator('#boot').waitFor({ state: 'attached' })
  await page.evaluate(() => document.querySelectorAll('#app *').forEach((element) => (element.drawn = true)))
  letStart()
  await started
}

/** Whether the shell on the screen is the one that was drawn. */
const isAsDrawn = (page: Page) =>
  page.evaluate(() => ['header', 'main', 'footer', '.skip-link'].map((part) => !!document.querySelector(`#app ${part}`)?.drawn))

for (const address of ADDRESSES) {
  test(`${address} is taken over where it is`, async ({ page }) => {
    await openMarked(page, address)
    expect(await isAsDrawn(page)).toEqual([true, true, true, true])
    await expect(page.locator('#app > header')).toHaveCount(1)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  })
}

const CHANGES: [string, (html: string) => string][] = [
  ['an element removed', (html) => html.replace(/<p class="cards-count">.*?<\/p>/, '')],
  ['a translation', (html) => html.replace('>Book an appointment<', '><font><font>Prendre rendez-vous</font></font><')],
  ['an element of an extension', (html) => html.replace('<main id="main">', '<div class="extension">hello</div><main id="main">')],
]

for (const [what, change] of CHANGES) {
  test(`${what} before the start: the page is drawn anew, once, and works`, async ({ page }) => {
    await page.route('/', async (route) => {
      const response = await route.fetch()
      const html = await response.text()
      expect(change(html)).not.toBe(html)
      await route.fulfill({ response, body: change(html) })
    })
    await openMarked(page, '/')
    await expect(page.getByRole('heading', { level: 1, name: 'Book an appointment' })).toBeVisible()
    expect(await isAsDrawn(page)).toEqual([false, false, false, false])
    for (const part of ['header', 'main', 'footer']) await expect(page.locator(part)).toHaveCount(1)
    await expect(page.locator('.extension')).toHaveCount(0)
    const titles = await page.getByRole('heading', { level: 3 }).allInnerTexts()
    expect(titles.length).toBeGreaterThanOrEqual(14)
    expect(new Set(titles).size).toBe(titles.length)

    await page.getByRole('searchbox').fill('boxing')
    await expect(page.getByRole('heading', { level: 3 })).toHaveText(['Boxing coaching'])
    await press(card(page, 'Boxing coaching'))
    await expect(page.getByRole('heading', { level: 1, name: 'Boxing coaching' })).toBeFocused()
  })
}

test('links are followed in the app, without loading a page', async ({ page }) => {
  await open(page, '/')
  await page.evaluate(() => (window.sameDocument = true))
  await press(card(page, 'Body scan'))
  await expect(page.getByRole('heading', { level: 1, name: 'Body scan' })).toBeFocused()
  await press(page.getByRole('link', { name: 'All appointments' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Book an appointment' })).toBeFocused()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Body scan' })).toBeVisible()
  expect(await page.evaluate(() => window.sameDocument)).toBe(true)
})
