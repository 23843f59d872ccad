// The app on an upstream that is not ours: Prism, serving the contract. It refuses requests that the contract does not
// know, so what is answered here was asked correctly. No zone is set: Berlin is learnt from the documentation's slot.

import { readFileSync } from 'node:fs'
import type { APIResponse, Page } from '@playwright/test'
import { PRISM, mintSession } from './servers.ts'
import { bookButton, choice, expect, open, plain, press, seeBooked, times } from './support.ts'

/** Whom the documentation's booking belongs to. */
const OWNER = 1234
const BOOKABLE = '/api/v1/appointments/bookable'
const BOOKING = '/api/v1/appointments/booking/2033'
/** The day before the documentation's slot, in the studio's zone. */
const THEN = new Date('2022-06-21T12:00:00+02:00')
/** What the proxy may say went wrong (`crates/booking/src/failure.rs`), less the word for a fault of its own. */
const KINDS = [
  'OFFLINE', 'TIMEOUT', 'SIGNED_OUT', 'WRONG_CREDENTIALS', 'NOT_RECOGNISED', 'TOO_MANY_TRIES', 'NOT_FOUND', 'REFUSED', 'CONFLICT',
  'BUSY', 'UPSTREAM_DOWN', 'SWITCHED_OFF', 'BAD_REQUEST', 'UNREADABLE', 'UNCERTAIN',
]

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'))
const slot = fixture('list_slots')[0]
const wish = (bookableAppointmentId = 1001) => ({
  bookableAppointmentId,
  startDateTime: slot.startDateTime,
  endDateTime: slot.endDateTime,
  instructorIds: [],
})

const test = plain.extend<{ upstream: keyof typeof PRISM }>({
  upstream: ['documented', { option: true }],
  baseURL: async ({ upstream }, use) => use(PRISM[upstream].url),
})

test.beforeEach(({ context, baseURL }) => context.addCookies([{ ...mintSession(OWNER), url: baseURL! }]))

const json = async (answer: APIResponse) => {
  expect(answer.status(), await answer.text()).toBe(200)
  return answer.json()
}

/** A failure that the app can act on: JSON, of a kind it knows, and no fault of the proxy's. */
async function seeFailure(answer: APIResponse, status?: number, kind?: string) {
  const body = await answer.json()
  expect(KINDS).toContain(body.kind)
  expect(answer.status()).not.toBe(500)
  if (status) expect([answer.status(), body.kind]).toEqual([status, kind])
  expect(body.message).toMatch(/\w/)
}

/** A service's times, in the week of the documentation's slot. */
async function openItsWeek(page: Page) {
  await page.clock.setFixedTime(THEN)
  await open(page, '/')
  await press(page.getByRole('link', { name: 'Mission Beach body' }).first())
  await expect(page.getByRole('heading', { level: 1, name: 'Mission Beach body' })).toBeVisible()
}

/** The requests for an address of this path that the page makes from now on. */
function watchCalls(page: Page, path: RegExp): string[] {
  const calls: string[] = []
  page.on('request', (request) => {
    if (path.test(new URL(request.url()).pathname)) calls.push(request.url())
  })
  return calls
}

test.describe("the documentation's examples", () => {
  test.use({ upstream: 'documented' })

  test('reads are answered as documented, without what a browser has no business with', async ({ page }) => {
    const slice = await json(await page.request.get(`${BOOKABLE}?sliceSize=10`))
    expect(slice).toMatchObject({ hasNext: true, offset: '1234567890' })
    expect(slice.result[0]).toMatchObject({ id: 1001, title: 'Mission Beach body', duration: 45, category: 'Fitness' })
    expect(await json(await page.request.get(`${BOOKABLE}/1001`))).toMatchObject({ id: 1001, title: 'Mission Beach body' })

    const slots = await json(await page.request.get(`${BOOKABLE}/1001/slots?daysAhead=6&slotWindowStartDate=2022-06-21`))
    expect(slots[0]).toMatchObject({ startDateTime: slot.startDateTime, endDateTime: slot.endDateTime })

    const mine = await json(await page.request.get('/api/v1/appointments/booking'))
    expect(mine[0]).toMatchObject({ bookingId: 2033, bookingStatus: 'BOOKED', startDateTime: '2019-08-24T14:15:22Z' })
    const one = await json(await page.request.get(BOOKING))
    expect(one).toMatchObject({ bookingId: 2033, title: 'Mission Beach body' })
    expect(one).not.toHaveProperty('customerId')
  })

  test("another member's booking is neither read, nor cancelled, nor put into a calendar", async ({ page, context, baseURL }) => {
    const calendar = '/bookings/2033/calendar.ics'
    expect((await page.request.get(calendar)).status()).toBe(200)
    await context.addCookies([{ ...mintSession(OWNER + 1), url: baseURL! }])
    await seeFailure(await page.request.get(BOOKING), 404, 'NOT_FOUND')
    await seeFailure(await page.request.delete(BOOKING, { headers: { Origin: baseURL! } }), 404, 'NOT_FOUND')
    const theirs = await page.request.get(calendar)
    expect(theirs.status()).toBe(404)
    expect(await theirs.text()).not.toContain('Mission Beach')
  })

  test('a booking that still stands is never said to be cancelled, whatever the upstream answered', async ({ page, baseURL }) => {
    await seeFailure(await page.request.delete(BOOKING, { headers: { Origin: baseURL! } }), 422, 'REFUSED')
  })

  test('a slice that names itself as the next one is read once more, and no more', async ({ page }) => {
    const slices = watchCalls(page, /\/appointments\/bookable$/)
    const cards = page.getByRole('heading', { level: 3 })
    await open(page, '/')
    await expect(cards).toHaveText(['Mission Beach body'])
    const before = slices.length
    const more = page.getByRole('button', { name: 'Show more' })
    await press(more)
    await expect(more).toHaveCount(0)
    await expect(cards).toHaveText(['Mission Beach body'])
    expect(slices.length).toBe(before + 1)
  })

  test('the documented verdict is a refusal in words, before anything is booked', async ({ page }) => {
    await openItsWeek(page)
    await press(times(page).first())
    await expect(choice(page).getByRole('alert')).toContainText('Just taken: trainer or room is busy then.')
    await expect(choice(page)).toContainText('Wed 22 Jun, 08:00–10:00')
    await expect(bookButton(page)).toHaveCount(0)
  })

  test('My bookings shows the documented booking, long past, in the time that the studio had then', async ({ page }) => {
    // The zone is learnt from a slot; 14:15:22Z was a quarter past four of a Berlin summer.
    await json(await page.request.get(`${BOOKABLE}/1001/slots?daysAhead=2`))
    await open(page, '/bookings')
    const entry = page.getByRole('region', { name: 'Past' }).getByRole('listitem')
    await expect(entry).toContainText('Mission Beach body')
    await expect(entry).toContainText('16:15')
    await open(page, '/bookings/2033')
    await expect(page.getByRole('main')).toContainText('16:15')
  })

  test('by the clock of today there are no free times, and that is said after five windows at most', async ({ page }) => {
    const windows = watchCalls(page, /\/slots$/)
    await open(page, '/services/1001')
    await expect(page.getByRole('heading', { level: 1, name: 'Mission Beach body' })).toBeVisible()
    await expect(page.getByText(/^No free times until /)).toBeVisible()
    expect(windows.length).toBeGreaterThan(0)
    expect(windows.length).toBeLessThanOrEqual(5)
  })
})

test.describe('where every wish can be had', () => {
  test.use({ upstream: 'available' })

  test('a wish is validated and booked, and the same attempt is the same booking', async ({ page, baseURL }) => {
    const headers = { Origin: baseURL! }
    const verdict = await page.request.post(`${BOOKABLE}/validate`, { data: wish(), headers })
    expect(await json(verdict)).toEqual({ validationStatus: 'AVAILABLE' })
    const attempt = { data: wish(), headers: { ...headers, 'Idempotency-Key': crypto.randomUUID() } }
    const book = async () => json(await page.request.post('/api/v1/appointments/booking/book', attempt))
    const first = await book()
    expect(first).toMatchObject({ bookingId: 2033, bookingStatus: 'BOOKED' })
    expect(await book()).toEqual(first)
  })

  test('a member books by taps', async ({ page }) => {
    await openItsWeek(page)
    await press(times(page).first())
    await press(bookButton(page))
    await seeBooked(page)
    await expect(page.getByRole('main')).toContainText('2033')
  })
})

test.describe('anything that the contract allows', () => {
  test.use({ upstream: 'dynamic' })

  test('every answer is one that the app can act on, twenty times over', async ({ page, baseURL }) => {
    const headers = { Origin: baseURL! }
    for (let round = 0; round < 20; round++) {
      // Another question each time, so that nothing kept from the last round answers it.
      const service = 5000 + round
      expect(await json(await page.request.get(`${BOOKABLE}?sliceSize=${10 + round}`))).toHaveProperty('result')
      expect(await json(await page.request.get(`${BOOKABLE}/${service}`))).toHaveProperty('id')
      const slots = await json(await page.request.get(`${BOOKABLE}/${service}/slots?daysAhead=${1 + (round % 6)}`))
      expect(Array.isArray(slots)).toBe(true)
      const verdict = await json(await page.request.post(`${BOOKABLE}/validate`, { data: wish(service), headers }))
      expect(verdict.validationStatus).toMatch(/\w/)
      // Its date-times are words without meaning, and whose it is changes each time.
      await seeFailure(await page.request.get(`/api/v1/appointments/booking/${service}`))
      await seeFailure(await page.request.delete(`/api/v1/appointments/booking/${service}`, { headers }))
    }
  })

  const whole: [string, (page: Page) => Promise<void>][] = [
    // None at all is allowed as well.
    ['/', (page) => expect(page.getByRole('heading', { level: 3 }).or(page.getByText('There is nothing to book online right now.')).first()).toBeVisible()],
    ['/services/1001', (page) => expect(page.getByText(/^(No free times|Looking)/).first()).toBeVisible()],
    ['/bookings', (page) => expect(page.getByText('Nothing booked ahead.')).toBeVisible()],
    ['/bookings/2033', (page) => expect(page.getByRole('main').getByRole('alert')).toBeVisible()],
  ]

  for (const [address, seeWhole] of whole) {
    test(`${address} is a whole page whatever is answered`, async ({ page }) => {
      for (let round = 0; round < 5; round++) {
        await open(page, address)
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\w/)
        await seeWhole(page)
        await expect(page.locator('.skeleton')).toHaveCount(0)
      }
    })
  }
})
