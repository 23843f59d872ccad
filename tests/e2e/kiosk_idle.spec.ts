// Is somebody there? It is asked before anything ends, with time to answer, as often as wanted; and whoever needs more time has it. What
// somebody left is put away for the next one.

import {
  asks, bookButton, card, chooseOf, expect, heading, larger, mark, offer, passes, press, scan, seeLeft, seeSignedIn, seeStart,
  signInAs, start, test, touch as tap, HAS, type Page,
} from './kiosk.ts'
import { cookie, whose } from './kiosk_watch.ts'
import { choice, times } from './support.ts'

const goOn = (page: Page) => asks(page).getByRole('button', { name: 'Go on', exact: true })

/** Whoever is there has chosen a time and stopped. */
async function stopped(page: Page) {
  await start(page)
  await signInAs(page, 'Nora')
  await chooseOf(page, 'Body scan')
  await expect(bookButton(page)).toBeEnabled()
  await passes(page, 1)
  await mark(page)
}

/** A minute without a touch, to the second. */
async function untilAsked(page: Page) {
  await expect(asks(page)).toBeHidden()
  for (let seconds = 0; seconds < 62; seconds++) {
    await passes(page, 1)
    if (await asks(page).isVisible()) return seconds
  }
  throw new Error('nobody was asked')
}

test('after a minute it asks, counts down twenty seconds, and then the visit is over', async ({ page, context, baseURL }) => {
  await stopped(page)
  const session = (await cookie(context, 'frontdesk'))!
  expect(await untilAsked(page)).toBeGreaterThanOrEqual(57)
  await expect(asks(page)).toContainText('Touch anywhere to go on. 20 seconds left.')
  await passes(page, 10)
  await expect(asks(page)).toContainText('10 seconds left.')
  await passes(page, 9)
  await expect(asks(page)).toContainText('1 second left.')
  await passes(page, 1)
  await expect(asks(page)).toBeHidden()
  await seeLeft(page)
  expect(await whose(context, baseURL!, session)).toBeUndefined()
})

const TOUCHES: Record<string, (page: Page) => Promise<unknown>> = {
  'a touch beside it': (page) => page.touchscreen.tap(20, 780),
  'a touch of the question': (page) => tap(page, page.getByRole('heading', { name: 'Are you still there?' })),
  '“Go on”': (page) => tap(page, goOn(page)),
  'a click': (page) => page.mouse.click(20, 780),
  'a key': (page) => page.keyboard.press('Shift'),
  'Escape': (page) => page.keyboard.press('Escape'),
  'Enter': (page) => page.keyboard.press('Enter'),
  'a wheel': (page) => page.mouse.wheel(0, 40),
}

for (const [what, touch] of Object.entries(TOUCHES)) {
  test(`${what} goes on with everything as it was`, async ({ page }) => {
    await stopped(page)
    const chosen = await choice(page).innerText()
    await passes(page, 61)
    await expect(asks(page)).toBeVisible()
    await touch(page)
    await expect(asks(page)).toBeHidden()
    await expect(choice(page)).toHaveText(chosen.replace(/\s+/g, ' '), { useInnerText: true })
    await expect(times(page).first()).toBeChecked()
    await seeSignedIn(page, 'Nora')
    await passes(page, 58)
    await expect(asks(page), 'a whole minute anew').toBeHidden()
  })
}

const ANSWERS: Record<string, (page: Page) => Promise<unknown>> = {
  '“Go on”': (page) => tap(page, goOn(page)),
  'a touch of its words': (page) => tap(page, page.getByRole('heading', { name: 'Are you still there?' })),
  'a touch beside it': (page) => page.touchscreen.tap(20, 780),
}

for (const [what, answer] of Object.entries(ANSWERS)) {
  test(`${what} presses nothing of what lies beneath the question`, async ({ page }) => {
    await start(page)
    await press(card(page, 'Body scan'))
    await expect(heading(page, 'Body scan')).toBeVisible()
    // A link as large as the window, as any of the page's own may lie there.
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = '/sign-in'
      link.style.cssText = 'position: fixed; inset: 0; z-index: 9'
      document.getElementById('main')!.append(link)
    })
    await passes(page, 61)
    await expect(asks(page)).toBeVisible()
    await page.evaluate(() => {
      Object.assign(window, { pressed: 0 })
      document.querySelector('#main > a:last-child')!.addEventListener('click', () => (window as any).pressed++)
    })
    await answer(page)
    await expect(asks(page)).toBeHidden()
    expect(await page.evaluate(() => (window as any).pressed)).toBe(0)
    await page.touchscreen.tap(500, 500)
    expect(await page.evaluate(() => (window as any).pressed), 'by a touch of its own').toBe(1)
  })
}

test('it goes on as often as it is wanted to', async ({ page }) => {
  await stopped(page)
  for (let round = 0; round < 12; round++) {
    await passes(page, 76)
    await expect(asks(page)).toBeVisible()
    await tap(page, goOn(page))
    await expect(asks(page)).toBeHidden()
  }
  await expect(bookButton(page)).toBeEnabled()
})

test('“I’m done” in the question ends the visit', async ({ page }) => {
  await stopped(page)
  await passes(page, 61)
  await tap(page, asks(page).getByRole('button', { name: "I'm done" }))
  await seeLeft(page)
})

test('whoever uses it is not asked', async ({ page }) => {
  await stopped(page)
  for (let touched = 0; touched < 4; touched++) {
    await passes(page, 50)
    await page.touchscreen.tap(20, 780)
    await expect(asks(page)).toBeHidden()
  }
})

test('the question is read out, and has the focus on what goes on', async ({ page }) => {
  await stopped(page)
  await passes(page, 61)
  await expect(asks(page)).toHaveAccessibleDescription(/Touch anywhere to go on/)
  await expect(goOn(page)).toBeFocused()
  expect(await asks(page).evaluate((dialog) => dialog.matches(':modal'))).toBe(true)
})

test('larger text and more time: three minutes, a minute to answer, and none of it for the next', async ({ page }) => {
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize))
  await start(page)
  const usual = await size()
  await press(larger(page))
  await expect.poll(size).toBeGreaterThan(usual * 1.2)
  await signInAs(page, 'Nora')
  await chooseOf(page, 'Body scan')
  await passes(page, 170)
  await expect(asks(page)).toBeHidden()
  await passes(page, 12)
  await expect(asks(page)).toContainText(/(59|60|58) seconds left/)
  await passes(page, 50)
  await expect(asks(page)).toBeVisible()
  await mark(page)
  await passes(page, 12)
  await seeLeft(page)
  expect(await size()).toBe(usual)
  await expect(larger(page)).toHaveText('Larger text, more time')
})

test('larger text can be taken back', async ({ page }) => {
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize))
  await start(page)
  const usual = await size()
  await press(larger(page))
  await expect(larger(page)).toHaveText('Usual text')
  await press(larger(page))
  await expect.poll(size).toBe(usual)
})

test('larger text that nobody uses is put away', async ({ page }) => {
  await start(page)
  await press(larger(page))
  await mark(page)
  await passes(page, 245)
  await seeLeft(page)
  await expect(larger(page)).toHaveText('Larger text, more time')
})

test('what a visitor chose and left is put away, and nobody is asked on the screen that is as it should be', async ({ page }) => {
  await start(page)
  await passes(page, 300)
  await expect(asks(page)).toBeHidden()
  await press(offer(page, 'Body scan'))
  await expect(choice(page)).toBeVisible()
  await mark(page)
  await passes(page, 61)
  await expect(asks(page)).toBeVisible()
  await passes(page, 21)
  await seeLeft(page)
  await expect(choice(page)).toBeHidden()
})

test('the language goes back with whoever chose it, and Back leads to nothing that they saw', async ({ page }) => {
  await start(page)
  const entries = await page.evaluate(() => history.length)
  await scan(page, HAS.Nora.card)
  await seeSignedIn(page, 'Nora')
  await chooseOf(page, 'Body scan')
  await press(page.getByRole('banner').getByRole('link', { name: 'DE', exact: true }))
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await seeSignedIn(page, 'Nora')
  await press(page.getByRole('banner').getByRole('button', { name: 'Ich bin fertig' }))
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await seeStart(page)
  expect(await page.evaluate(() => history.length), 'history').toBe(entries)
})

test('a language that somebody chose and left goes back by itself', async ({ page }) => {
  await start(page)
  await press(page.getByRole('banner').getByRole('link', { name: 'DE', exact: true }))
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await passes(page, 85)
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(heading(page, 'Book an appointment')).toBeVisible()
})

test('a clock that is set ahead ends no visit without asking', async ({ page }) => {
  await stopped(page)
  await page.clock.fastForward(3 * 3_600_000)
  await seeLeft(page)
})
