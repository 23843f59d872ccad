// A device in the studio, paired for each test anew; and what a person does at it and sees. Its clock stands still unless a test
// lets time pass, so that a minute of nobody takes no minute, and how fast keys are struck is what the test says.

import { randomUUID } from 'node:crypto'
import { KIOSKS, ZONE, pairingCode, revoke } from './servers.ts'
import {
  bookButton, card, choice, chooseTime, expect, freeDays, open, plain, press, showDay, Studio, type BrowserContext, type Locator, type Page,
} from './support.ts'

export { expect, ZONE }
export type { BrowserContext, Page }

/** What the demo studio's members have with them: `crates/demo-studio/src/seed/record.rs`. */
export const HAS = {
  Nora: { number: 'M-1001', card: '5200000001', barcode: 'SB1200000001', pin: '7919' },
  Paul: { number: 'M-1002', card: '5200000002', barcode: 'SB1200000002', pin: '5838' },
  Olga: { number: 'M-1005', card: '5200000005', barcode: 'SB1200000005', pin: '9595' },
  Henry: { number: 'M-1009', card: '5200000009', barcode: 'SB1200000009', pin: '1271' },
} as const

export type Member = keyof typeof HAS

/** A kiosk for each worker; the device of each test has a name of its own. */
export const test = plain.extend<{ studio: Studio; kiosk: string }>({
  baseURL: async ({}, use, info) => use(of(info).url),
  timezoneId: ZONE,
  studio: [
    async ({}, use, info) => {
      const studio = new Studio(of(info).studio)
      await studio.reset()
      await use(studio)
    },
    { auto: true },
  ],
  kiosk: [
    async ({ context, baseURL, studio: _ }, use, info) => {
      const name = aName()
      await pair(context, baseURL!, pairingCode(of(info), name))
      await use(name)
    },
    { auto: true },
  ],
})

function of(info: { parallelIndex: number }) {
  const found = KIOSKS[info.parallelIndex]
  if (!found) throw new Error(`no kiosks for worker ${info.parallelIndex}`)
  return found
}

const aName = () => `Hall ${randomUUID()}`.slice(0, 40)

/** Staff take a kiosk away while it runs. */
export const takeAway = (name: string) => revoke(of(test.info()), name)

/** The device is a kiosk from now on. */
export async function pair(context: BrowserContext, url: string, code: string) {
  const answer = await context.request.post(`${url}/kiosk/pair`, { data: { code }, headers: { Origin: url } })
  expect(answer.status(), 'pairing').toBe(200)
}

/** Calls for what is free that have no answer yet. */
const awaited = new WeakMap<Page, Set<unknown>>()

/** The device is switched on: the start screen, with the clock standing still. */
export async function start(page: Page, address = '/', at = Date.now()) {
  const calls = new Set<unknown>()
  awaited.set(page, calls)
  page.on('request', (request) => new URL(request.url()).pathname === '/kiosk/free' && calls.add(request))
  for (const end of ['requestfinished', 'requestfailed'] as const) page.on(end, (request) => calls.delete(request))
  const ahead = at - Date.now()
  await page.clock.install({ time: at })
  await open(page, address)
  await page.clock.pauseAt(Date.now() + ahead + 2_000)
  await answered(page)
}

/** The same in a demo, which shows whom one can be: another proxy's kiosk. */
export async function startDemo(page: Page, address: string) {
  const kiosk = of(test.info())
  await pair(page.context(), kiosk.demo, pairingCode(kiosk, aName(), 'demo'))
  await start(page, kiosk.demo + address)
}

/** What is free is there, or is not to be had. */
export async function answered(page: Page) {
  await expect.poll(() => awaited.get(page)?.size, { intervals: [10, 20, 50, 100] }).toBe(0)
}

/** So many seconds go by. The network is as quick as ever: whatever is asked meanwhile is answered at that second. */
export async function passes(page: Page, seconds: number) {
  for (let left = seconds; left > 0; left -= 5) {
    await page.clock.runFor(Math.min(left, 5) * 1_000)
    await answered(page)
  }
}

/** A reader reads this: all keys at once, and Enter. */
export async function scan(page: Page, text: string) {
  for (const key of [...text, 'Enter']) await page.keyboard.press(key)
}

/** A person types this. */
export async function typeByHand(page: Page, text: string, apart = 120) {
  for (const key of [...text, 'Enter']) {
    await page.keyboard.press(key)
    await page.clock.runFor(apart)
  }
}

/** Holds a card to the reader, and is welcome. */
export async function signInAs(page: Page, member: Member) {
  await scan(page, HAS[member].card)
  await seeSignedIn(page, member)
}

export const seeSignedIn = (page: Page, member: Member) =>
  expect(page.getByRole('banner').getByText(member, { exact: true })).toBeVisible()

/** A key of ours, or another button of the screen for signing in. */
export const key = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true })

/** Types on our own keys; letters where there are some. */
export async function keyIn(page: Page, text: string) {
  for (const sign of text) {
    if (!(await key(page, sign).count())) await press(key(page, /\d/.test(sign) ? '123' : 'ABC'))
    await press(key(page, sign))
  }
}

/** What was typed so far, as it is seen above the keys. */
export const typed = (page: Page) => page.locator('.pad-shown')

export const doneButton = (page: Page) => page.getByRole('banner').getByRole('button', { name: "I'm done", exact: true })
export const larger = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^(Larger text|Usual text)/ })
export const asks = (page: Page) => page.getByRole('dialog', { name: 'Are you still there?' })
export const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
export const offers = (page: Page) => page.getByRole('region', { name: /^Free (in the next hour|later today)$/ }).getByRole('link')
/** The next time of a service. */
export const offer = (page: Page, title: string) => offers(page).filter({ hasText: title })
export const unreachable = (page: Page) => page.getByRole('main').getByText("Can't reach the studio's system")

/** A finger on the middle of it, wherever that leads: nothing waits for it to stay there. */
export async function touch(page: Page, what: Locator) {
  const { x, y, width, height } = await what.evaluate(async (element) => {
    await Promise.all(document.getAnimations().map((moving) => moving.finished))
    return element.getBoundingClientRect().toJSON()
  })
  await page.touchscreen.tap(x + width / 2, y + height / 2)
}

/** The start screen for nobody: no name, nothing chosen, loaded anew. */
export async function seeStart(page: Page) {
  await expect(heading(page, 'Book an appointment')).toBeVisible()
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in', exact: true })).toBeVisible()
  await expect(page).toHaveURL(/:\d+\/$/)
}

/** Marks the page as it is; `true` as long as it has not been loaded anew. */
export const mark = (page: Page) => page.evaluate(() => void Object.assign(window, { marked: true }))
export const isMarked = (page: Page) => page.evaluate(() => 'marked' in window)

/** "I'm done", until the next one can come. */
export async function leave(page: Page) {
  await mark(page)
  await press(doneButton(page))
  await seeLeft(page)
}

/** The page was loaded anew, and is the start screen. */
export async function seeLeft(page: Page) {
  await expect.poll(() => isMarked(page).catch(() => true), { message: 'loaded anew' }).toBe(false)
  await seeStart(page)
  await answered(page)
}

/** Somebody chooses a time of a service of another day, the first that is free. */
export async function chooseOf(page: Page, service: string) {
  await press(card(page, service))
  await expect(heading(page, service)).toBeVisible()
  await showDay(page, freeDays(page).first())
  return chooseTime(page)
}

/** As whoever is signed in: books what was chosen. */
export async function book(page: Page) {
  await expect(bookButton(page)).toBeEnabled()
  await press(bookButton(page))
  await expect(heading(page, 'Booked')).toBeVisible()
}

export { bookButton, card, choice, press }

/** The screen for signing in, as a link leads there; and then back to an address. */
export async function openSignIn(page: Page, next = '/') {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
  await expect(heading(page, 'Who are you?')).toBeVisible()
  await passes(page, 1)
}

/** What is said of a sign-in that was none. */
export const refused = (page: Page) => page.getByRole('main').getByRole('alert').first()

/** My bookings, and of the first its own screen. */
export async function firstBooking(page: Page) {
  await press(page.getByRole('banner').getByRole('link', { name: 'My bookings' }))
  await expect(heading(page, 'My bookings')).toBeVisible()
  await press(page.getByRole('region', { name: 'Upcoming' }).getByRole('listitem').first().getByRole('link').first())
  await expect(page.getByRole('button', { name: 'Cancel appointment' })).toBeVisible()
}
