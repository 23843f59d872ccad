// The app on an upstream that is not ours: Prism, serving the contract. It refuses requests that the contract does not
// know, so what is answered here was asked correctly.

import { readFileSync } from 'node:fs'
import { expect, test as base, type APIResponse, type Page } from '@playwright/test'
import { PRISM, mintSession } from './servers.ts'
import { bookButton, choice, open, press, seeBooked, times, watchForErrors } from './support.ts'

/** Whom the documentation's booking belongs to. */
const OWNER = 1234
const SERVICE = '/api/v1/appointments/bookable/1001'
const BOOKING = '/api/v1/appointments/booking/2033'
/** The day before the documentation's slot, in the studio's zone. */
const THEN = new Date('2022-06-21T12:00:00+02:00')

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'))
const slot = fixture('list_slots')[0]
const wish = {
  bookableAppointmentId: 1001,
  startDateTime: slot.startDateTime,
  endDateTime: slot.endDateTime,
  instructorIds: [],
}

const test = base.extend<{ upstream: keyof typeof PRISM }>({
  upstream: ['documented', { option: true }],
  baseURL: async ({ upstream }, use) => use(PRISM[upstream].url),
})

test.beforeEach(({ context, baseURL }) => context.addCookies([{ ...mintSession(OWNER), url: baseURL! }]))

/** As a page of ours would send it. */
async function post(page: Page, path: string, data: object, headers: object = {}) {
  const origin = new URL(test.info().project.use.baseURL ?? page.url()).origin
  return page.request.post(path, { data, headers: { Origin: origin, ...headers } })
}

const json = async (answer: APIResponse) => {
  expect(answer.status(), await answer.text()).toBe(200)
  return answer.json()
}

/** A service's times, in the week of the documentation's slot. */
async function openItsWeek(page: Page) {
  await page.clock.setFixedTime(THEN)
  await open(page, '/')
  await press(page.getByRole('link', { name: 'Mission Beach body' }).first())
  await expect(page.getByRole('heading', { level: 1, name: 'Mission Beach body' })).toBeVisible()
}

test.describe("the documentation's examples", () => {
  test.use({ upstream: 'documented' })

  test('reads are answered as documented, without what a browser has no business with', async ({ page }) => {
    const slice = await json(await page.request.get('/api/v1/appointments/bookable?sliceSize=10'))
    expect(slice).toMatchObject({ hasNext: true, offset: '1234567890' })
    expect(slice.result[0]).toMatchObject({ id: 1001, title: 'Mission Beach body', duration: 45, category: 'Fitness' })
    expect(await json(await page.request.get(SERVICE))).toMatchObject({ id: 1001, title: 'Mission Beach body' })

    const slots = await json(await page.request.get(`${SERVICE}/slots?daysAhead=6&slotWindowStartDate=2022-06-21`))
    expect(slots[0]).toMatchObject({ startDateTime: slot.startDateTime, endDateTime: slot.endDateTime })

    const mine = await json(await page.request.get('/api/v1/appointments/booking'))
    expect(mine[0]).toMatchObject({ bookingId: 2033, bookingStatus: 'BOOKED', startDateTime: '2019-08-24T14:15:22Z' })
    const one = await json(await page.request.get(BOOKING))
    expect(one).toMatchObject({ bookingId: 2033, title: 'Mission Beach body' })
    expect(one).not.toHaveProperty('customerId')
  })

  test("another member's booking is neither read nor cancelled", async ({ page, context, baseURL }) => {
    await context.addCookies([{ ...mintSession(OWNER + 1), url: baseURL! }])
    expect((await page.request.get(BOOKING)).status()).toBe(404)
    expect((await page.request.delete(BOOKING, { headers: { Origin: baseURL! } })).status()).toBe(404)
  })

  test('a slice that names itself as the next one is read once', async ({ page }) => {
    const slices: string[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/v1/appointments/bookable') slices.push(request.url())
    })
    const errors = watchForErrors(page)
    await open(page, '/')
    await expect(page.getByRole('link', { name: 'Mission Beach body' })).toHaveCount(1)
    await page.mouse.wheel(0, 5_000)
    await expect(page.getByRole('button', { name: 'Show more' })).toHaveCount(0)
    expect(slices.length).toBeLessThanOrEqual(1)
    expect(errors).toEqual([])
  })

  test('the documented verdict is a refusal in words, before anything is booked', async ({ page }) => {
    await openItsWeek(page)
    await press(times(page).first())
    await expect(choice(page).getByRole('alert')).toContainText('Just taken: trainer or room is busy then.')
    await expect(choice(page)).toContainText('Wed 22 June')
    await expect(choice(page)).toContainText('08:00')
    await expect(bookButton(page)).toHaveCount(0)
  })

  test('My bookings shows the documented booking, long past', async ({ page }) => {
    await open(page, '/bookings')
    await expect(page.getByRole('region', { name: 'Past' }).getByRole('listitem')).toContainText('Mission Beach body')
    await open(page, '/bookings/2033')
    await expect(page.getByRole('main')).toContainText('16:15')
  })
})

test.describe('where every wish can be had', () => {
  test.use({ upstream: 'available' })

  test('the same wish is validated, booked and cancelled', async ({ page, baseURL }) => {
    const headers = { Origin: baseURL! }
    const verdict = await page.request.post('/api/v1/appointments/bookable/validate', { data: wish, headers })
    expect(await json(verdict)).toEqual({ validationStatus: 'AVAILABLE' })
    const booked = await page.request.post('/api/v1/appointments/booking/book', {
      data: wish,
      headers: { ...headers, 'Idempotency-Key': crypto.randomUUID() },
    })
    expect(await json(booked)).toMatchObject({ bookingId: 2033, bookingStatus: 'BOOKED' })
    const gone = await page.request.delete(BOOKING, { headers })
    expect(await json(gone)).toHaveProperty('success')
  })

  test('a member books by taps', async ({ page }) => {
    const errors = watchForErrors(page)
    await openItsWeek(page)
    await press(times(page).first())
    await press(bookButton(page))
    await seeBooked(page)
    await expect(page.getByRole('main')).toContainText('2033')
    expect(errors).toEqual([])
  })
})

test.describe('anything that the contract allows', () => {
  test.use({ upstream: 'dynamic' })

  test('every answer is one that the app can read, twenty times over', async ({ page, baseURL }) => {
    const headers = { Origin: baseURL! }
    const reads = ['/api/v1/appointments/bookable', SERVICE, `${SERVICE}/slots?daysAhead=3`, '/api/v1/appointments/booking']
    for (let round = 0; round < 20; round++) {
      for (const path of reads) await json(await page.request.get(path))
      const verdict = await page.request.post('/api/v1/appointments/bookable/validate', { data: wish, headers })
      expect(typeof (await json(verdict)).validationStatus).toBe('string')
      // Whose it is changes each time, so it is nearly never ours; never is it an error of the proxy's.
      expect([200, 404]).toContain((await page.request.get(BOOKING)).status())
    }
  })

  for (const address of ['/', '/services/1001', '/bookings', '/bookings/2033']) {
    test(`${address} is a whole page whatever is answered`, async ({ page }) => {
      const broken: string[] = []
      page.on('pageerror', (error) => broken.push(error.message))
      for (let round = 0; round < 5; round++) {
        await open(page, address)
        await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('')
        await expect(page.getByRole('main').getByRole('status', { name: /Loading/ })).toHaveCount(0)
      }
      expect(broken).toEqual([])
    })
  }
})
