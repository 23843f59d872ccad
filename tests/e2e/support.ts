// What a person does and sees, as verbs; and a fresh studio for each test. Specs spell no port, no class and no wait.

import { expect, test as base, type BrowserContext, type Locator, type Page, type Route } from '@playwright/test'
import { Mailbox } from './mailbox.ts'
import { APPS } from './servers.ts'

export { expect }
export type { BrowserContext, Locator, Page }

/** The demo studio's members that specs are; `docs/refusals.md` has their stories. */
const MEMBERS = {
  Nora: ['M-1001', '1990-04-12'],
  Paul: ['M-1002', '1985-11-03'],
  Clara: ['M-1003', '1978-02-28'],
  Ben: ['M-1004', '2001-07-19'],
  Olga: ['M-1005', '1969-09-30'],
  Rana: ['M-1006', '1996-12-24'],
  Henry: ['M-1009', '1982-08-08'],
  Emil: ['M-1010', '1993-03-21'],
} as const

export type Member = keyof typeof MEMBERS

/** The demo studio behind the app under test: what it does wrong, and what time it thinks it is. */
export class Studio {
  constructor(private readonly url: string) {}

  /** All quirks anew; `crates/demo-studio/README.md` has their names. */
  quirks(quirks: object = {}) {
    return this.post('quirks', quirks)
  }

  /** Stops its clock at a moment; without one it runs again. */
  clock(now?: string) {
    return this.post('clock', now ? { now } : {})
  }

  /** Forgets all that was booked, and all misbehaviour. */
  async reset() {
    await this.quirks()
    await this.clock()
    await this.post('reset', {})
  }

  private async post(what: string, body: object) {
    const answer = await fetch(`${this.url}/demo/${what}`, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`/demo/${what} answered ${answer.status}: ${await answer.text()}`)
  }
}

/**
 * Fails a test that left an error in the console, whatever else it looked at. Calls that were refused or lost are none: the
 * browser writes those down too, and what is said of them is what specs are about.
 */
export const plain = base.extend<{ expectedErrors: RegExp[]; quietConsole: void }>({
  expectedErrors: [[], { option: true }],
  quietConsole: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = []
      context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message))
      context.on('console', (message) => {
        const { url } = message.location()
        if (message.type() === 'error' && !isCall(url) && !isRefusedForm(url, message.text())) errors.push(`${message.text()} (${url})`)
      })
      await use()
      const unexpected = errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)))
      expect(unexpected, 'errors in the console').toEqual([])
    },
    { auto: true },
  ],
})

const isCall = (url: string) => /^https?:\/\/[^/]+\/((api|session|attempts|moves|pictures)(\/|$|\?)|bookings\/\d+\/(move|service)$)/.test(url)

/** Forms that are sent without the app are answered with a page, and what was wrong with a status. */
const isRefusedForm = (url: string, text: string) =>
  /^https?:\/\/[^/]+\/sign-in(\/(email|link|hand-off)|\?|$)/.test(url) && /status of (401|403|410|422|429) /.test(text)

/** Each worker has an app and a studio of its own, so that tests running at once never meet. */
export const test = plain.extend<{ studio: Studio; mailbox: Mailbox }, { ownMailbox: Mailbox }>({
  baseURL: async ({}, use, info) => use(at(APPS, info.parallelIndex).url),
  // Each test is somewhere else, and counted by itself.
  extraHTTPHeaders: async ({}, use) => use({ 'X-Forwarded-For': anAddress() }),
  studio: [
    async ({}, use, info) => {
      const studio = new Studio(at(APPS, info.parallelIndex).studio)
      await studio.reset()
      await use(studio)
    },
    { auto: true },
  ],
  ownMailbox: [
    async ({}, use, info) => {
      const mailbox = await Mailbox.open(at(APPS, info.parallelIndex).mail)
      await use(mailbox)
      await mailbox.close()
    },
    { scope: 'worker' },
  ],
  mailbox: async ({ ownMailbox }, use) => {
    ownMailbox.empty()
    await use(ownMailbox)
  },
})

function anAddress() {
  const byte = () => Math.floor(Math.random() * 256)
  return `10.${byte()}.${byte()}.${byte()}`
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (!found) throw new Error(`no server for worker ${index}; servers.ts has ${list.length}`)
  return found
}

/** Opens an address, and goes on once the app has taken the page over: the first thing it asks is who this is. */
export async function open(page: Page, address: string) {
  const started = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/session')
  await page.goto(address)
  await started
}

/** Signs in without the form: the form has specs of its own. */
export async function beMember(context: BrowserContext, baseURL: string, member: Member) {
  const [customerNumber, dateOfBirth] = MEMBERS[member]
  const answer = await context.request.post(`${baseURL}/session`, {
    data: { customerNumber, dateOfBirth },
    headers: { Origin: baseURL },
  })
  expect(answer.status(), `sign in as ${member}`).toBe(200)
}

/** From the catalogue to a service's times, by its link. */
export async function openService(page: Page, title: string) {
  await open(page, '/')
  await press(card(page, title))
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
}

/** A service's link in the catalogue. */
export const card = (page: Page, title: string) =>
  page.getByRole('heading', { level: 3, name: title, exact: true }).getByRole('link')

/** The days shown; those that have times end in a count. */
export const days = (page: Page) => page.getByRole('radiogroup', { name: /^(Day|Tag)$/ }).getByRole('radio')

/** Days with times, today not among them: what is left of today depends on when the suite runs. */
export const freeDays = (page: Page) =>
  page.getByRole('radiogroup', { name: 'Day' }).getByRole('radio', { name: /, \d+ times?$/ }).and(
    page.locator(':not(:has-text("Today"))'),
  )

/** The times of the day shown. */
export const times = (page: Page) => page.getByRole('group', { name: /^(Times on|Zeiten)/ }).getByRole('radio')

/** The bar with what was chosen. */
export const choice = (page: Page) => page.getByRole('region', { name: /^(Your choice|Deine Auswahl)$/ })

export const bookButton = (page: Page) => choice(page).getByRole('button', { name: 'Book', exact: true })

/** By touch where the device has it, else by mouse. Radios are pressed on their label, as a finger does. */
export async function press(what: Locator) {
  const target = (await isRadioInput(what)) ? what.locator('xpath=ancestor::label') : what
  const touch = await target.evaluate(() => navigator.maxTouchPoints > 0)
  await (touch ? target.tap() : target.click())
}

const isRadioInput = (what: Locator) => what.evaluate((element) => element.matches('input[type=radio]'))

/** Turns to a day: shown once its times are. */
export async function showDay(page: Page, day: Locator) {
  await press(day)
  await expect(day).toBeChecked()
}

/** Turns the strip until a day of that weekday (not today) with times is there, and shows it. */
export async function showWeekday(page: Page, weekday: string) {
  const day = freeDays(page).and(page.getByRole('radio', { name: new RegExp(`^${weekday}`) })).first()
  await turnTo(page, day)
  await showDay(page, day)
}

/** Turns the strip towards later days until the day is in it. */
export async function turnTo(page: Page, day: Locator, pages = 5) {
  for (let turned = 0; turned < pages; turned++) {
    await expect(days(page).first()).toHaveAccessibleName(/times?$/)
    if (await day.count()) return
    const first = await days(page).first().getAttribute('aria-label')
    await press(page.getByRole('button', { name: 'Later days' }))
    await expect(days(page).first()).not.toHaveAccessibleName(first ?? '')
  }
  await expect(day, 'no such day').toBeVisible()
}

/** Chooses a time, the first unless told which, and says what it is called: "07:00 until 08:00". */
export async function chooseTime(page: Page, time: Locator = times(page).first()) {
  await expect(time).toBeAttached()
  const name = await time.evaluate((input) => input.closest('label')?.innerText.replace(/\s+/g, ' ').trim())
  await press(time)
  await expect(choice(page)).toBeVisible()
  return name ?? ''
}

/** As a signed-in member: a service, its first day after today, the first time of it, ready to be booked. */
export async function readyToBook(page: Page, service = 'Personal training') {
  await openService(page, service)
  await showDay(page, freeDays(page).first())
  const time = await chooseTime(page)
  await expect(bookButton(page)).toBeEnabled()
  return time
}

/** "Booked" is on the screen. */
export const seeBooked = (page: Page) =>
  expect(page.getByRole('heading', { level: 1, name: 'Booked', exact: true })).toBeVisible()

/** What My bookings lists as still ahead. */
export async function upcoming(page: Page) {
  await open(page, '/bookings')
  await expect(page.getByRole('heading', { level: 1, name: 'My bookings' })).toBeVisible()
  await expect(page.getByRole('region').or(page.getByText('Nothing booked ahead.')).first()).toBeVisible()
  return page.getByRole('region', { name: 'Upcoming' }).getByRole('listitem')
}

/** The app's calls of this address get no answer. */
export const hold = (page: Page, path: RegExp, method?: string) =>
  onCall(page, path, method, () => new Promise<void>(() => {}))

/** The app's calls of this address get this answer, in place of the proxy's. */
export const answer = (page: Page, path: RegExp, status: number, json: object, method?: string) =>
  onCall(page, path, method, (route) => route.fulfill({ status, json }))

/** The app's calls of this address are answered by the proxy, and said to be of then. */
export const answeredAsOf = (page: Page, path: RegExp, then: Date) =>
  onCall(page, path, 'GET', async (route) => {
    const response = await route.fetch()
    const headers = { ...response.headers(), 'frontdesk-as-of': String(Math.floor(then.getTime() / 1000)) }
    await route.fulfill({ response, headers })
  })

const MOVE = /\/bookings\/(\d+)\/move$/

/** The app's calls to move a booking arrive and are obeyed; their answers do not come back. */
export const loseMoves = (page: Page) =>
  page.route(MOVE, async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  })

/** Every call that the app makes to move a booking, by its key. */
export function watchMoves(page: Page): string[] {
  const calls: string[] = []
  page.on('request', (request) => {
    if (MOVE.test(request.url())) calls.push(request.headers()['idempotency-key'] ?? 'no key')
  })
  return calls
}

/** The button of a booking that leads to other times of it. */
export const anotherTime = (page: Page) => page.getByRole('button', { name: /^Another time/ })

export const moveButton = (page: Page) => choice(page).getByRole('button', { name: /^Move to / })

/** Calls by fetch alone: a page of the same address still comes. */
const onCall = (page: Page, path: RegExp, method: string | undefined, then: (route: Route) => Promise<void>) =>
  page.route(path, (route) => {
    const request = route.request()
    const meant = request.resourceType() === 'fetch' && (!method || request.method() === method)
    return meant ? then(route) : route.fallback()
  })

/** The focus is on something a person can see, never lost to the page. */
export async function seeFocus(page: Page) {
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.tagName ?? 'none'), { message: 'focus lost' })
    .not.toMatch(/^(BODY|HTML|none)$/)
}

/** Every call that the app makes to book, as it leaves the browser. */
export function watchBookCalls(page: Page): string[] {
  const calls: string[] = []
  page.on('request', (request) => {
    if (isBook(request.method(), request.url())) calls.push(request.headers()['idempotency-key'] ?? 'no key')
  })
  return calls
}

const BOOK = /\/api\/v1\/appointments\/booking\/book$/
const isBook = (method: string, url: string) => method === 'POST' && BOOK.test(new URL(url).pathname)

/** What happens to the browser's calls to book. */
export const onBook = (page: Page, then: (route: Route) => Promise<void>) =>
  page.route(BOOK, (route) => (route.request().method() === 'POST' ? then(route) : route.fallback()))
