// Every refusal in words, by the taps of docs/refusals.md; the words that no tap causes by an answer put in its place.

import { beMember, bookButton, card, choice, chooseTime, days, expect, freeDays, open, openService, press, seeBooked, showDay, showWeekday, test, times, turnTo, type Member, type Page } from './support.ts'

/** The refusal, in the bar beside what it is about. */
const refused = (page: Page) => choice(page).getByRole('alert')

/** A way on that offers another time works: it can be chosen, and is judged anew. */
async function takeAnotherTime(page: Page) {
  const before = new URL(page.url()).searchParams.get('start')
  await press(refused(page).getByRole('button', { name: /\d\d:\d\d( with .*)?$/ }).first())
  await expect.poll(() => new URL(page.url()).searchParams.get('start')).not.toBe(before)
  await expect(bookButton(page).or(refused(page)).first()).toBeVisible()
}

const ways = {
  otherTime: takeAnotherTime,
  async otherDays(page: Page) {
    const first = await days(page).first().getAttribute('aria-label')
    await press(refused(page).getByRole('button', { name: 'See other days' }))
    await expect(days(page).first()).not.toHaveAccessibleName(first ?? '')
  },
  async otherServices(page: Page) {
    await press(refused(page).getByRole('link', { name: 'See other appointments' }))
    await expect(page.getByRole('heading', { level: 1, name: 'Book an appointment' })).toBeVisible()
  },
  async bookings(page: Page) {
    await press(refused(page).getByRole('link', { name: 'See my bookings' }))
    await expect(page).toHaveURL(/\/bookings/)
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  },
  async studio(page: Page) {
    await press(refused(page).getByRole('link', { name: 'Contact the studio' }))
    await expect(page.getByRole('contentinfo', { name: 'Help' })).toBeInViewport()
  },
  async drop(page: Page) {
    await press(refused(page).getByRole('button', { name: 'Choose another time' }))
    await expect(choice(page).getByRole('alert')).toHaveCount(0)
    await expect(times(page).and(page.locator(':checked'))).toHaveCount(0)
  },
} as const

type Taps = {
  status: string
  be: Member
  service: string
  pick: (page: Page) => Promise<unknown>
  says: string | RegExp
  way: keyof typeof ways
}

const dayWith = (page: Page, text: RegExp) =>
  page.getByRole('radiogroup', { name: 'Day' }).getByRole('radio', { name: text })

/** The studio's day, so many days from today: "2026-11-26". */
function dateAhead(count: number) {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' })
  return new Date(Date.parse(today) + count * 86_400_000).toISOString().slice(0, 10)
}

/** A day in the strip, with or without times: "Thursday 26 November, 9 times". Days of another year than today's name it. */
function dayOf(page: Page, date: string) {
  const part = (options: Intl.DateTimeFormatOptions) => new Date(date).toLocaleDateString('en-GB', { timeZone: 'UTC', ...options })
  const name = `${part({ weekday: 'long' })} ${part({ day: 'numeric' })} ${part({ month: 'long' })}`
  return dayWith(page, new RegExp(`^(Today, )?${name}( \\d{4})?, `))
}

const anyTime = async (page: Page) => {
  await showDay(page, freeDays(page).first())
  await chooseTime(page)
}

const onWeekday = (weekday: string, time?: string) => async (page: Page) => {
  await showWeekday(page, weekday)
  await chooseTime(page, time ? times(page).and(page.getByRole('radio', { name: new RegExp(`^${time}`) })).first() : undefined)
}

/** A time on the first day with times, so many days ahead or later. */
const daysAhead = (count: number) => async (page: Page) => {
  for (let ahead = count; ahead < count + 7; ahead++) {
    const day = dayOf(page, dateAhead(ahead))
    await turnTo(page, day)
    if (await day.and(dayWith(page, /, \d+ times?$/)).count()) {
      await showDay(page, day)
      return chooseTime(page)
    }
  }
  throw new Error('no day with times in that week')
}

/** The day on which Olga has the sauna: tomorrow, or the next that is open. */
async function dayOfSauna(page: Page): Promise<string> {
  const bookings: { title?: string; bookingStatus: string; startDateTime: string }[] =
    await (await page.request.get('/api/v1/appointments/booking')).json()
  const sauna = bookings.find(({ title, bookingStatus }) => title === 'Private sauna suite' && bookingStatus === 'BOOKED')
  if (!sauna) throw new Error(`Olga has no sauna: ${JSON.stringify(bookings)}`)
  return sauna.startDateTime.slice(0, 10)
}

const byTaps: Taps[] = [
  { status: 'DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME', be: 'Nora', service: 'Nutrition consultation', pick: anyTime, says: "You can't book that time online.", way: 'otherTime' },
  { status: 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME', be: 'Nora', service: 'Physiotherapy', pick: daysAhead(11), says: "You can't book that time online. The studio may still fit you in.", way: 'studio' },
  { status: 'PERIOD_DOES_NOT_MATCH', be: 'Nora', service: 'Resting metabolic test', pick: onWeekday('Friday'), says: 'The studio changed how long this takes. Please choose again.', way: 'otherTime' },
  { status: 'STUDIO_CLOSED', be: 'Nora', service: 'Private sauna suite', pick: onWeekday('Tuesday', '1[78]:'), says: 'The studio is closed then.', way: 'otherTime' },
  { status: 'RESOURCE_NOT_AVAILABLE', be: 'Nora', service: 'Sports massage', pick: onWeekday('Thursday', '1[345]:'), says: 'Just taken: trainer or room is busy then.', way: 'otherTime' },
  { status: 'NOT_AVAILABLE', be: 'Nora', service: 'Cryo chamber', pick: onWeekday('Monday'), says: "That time can't be booked.", way: 'otherTime' },
  { status: 'CUSTOMER_IDLE', be: 'Paul', service: 'Personal training', pick: daysAhead(3), says: 'Your membership is paused on that day.', way: 'otherDays' },
  { status: 'NO_CONTINGENT', be: 'Clara', service: 'Personal training', pick: anyTime, says: 'Your membership has none of these left.', way: 'otherServices' },
  { status: 'BOOKING_LIMIT_REACHED', be: 'Ben', service: 'Personal training', pick: anyTime, says: "You've reached the number you can book.", way: 'bookings' },
  { status: 'CUSTOMER_IN_OTHER_BOOKING', be: 'Olga', service: 'Body scan', pick: async (page) => {
      const day = dayOf(page, await dayOfSauna(page))
      await turnTo(page, day)
      await showDay(page, day)
      await chooseTime(page, times(page).and(page.getByRole('radio', { name: /^1[23]:/ })).first())
    }, says: /^You already have Private sauna suite .*12:00.14:00\.$/, way: 'bookings' },
  { status: 'BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED', be: 'Rana', service: 'Lactate test', pick: daysAhead(8), says: "This one has conditions that your membership doesn't meet.", way: 'otherServices' },
]

for (const { status, be, service, pick, says, way } of byTaps) {
  test(`${status}: ${be} picks ${service}`, async ({ page, context, baseURL }) => {
    await beMember(context, baseURL!, be)
    await openService(page, service)
    const verdict = page.waitForResponse(/\/validate$/)
    await pick(page)
    expect(await (await verdict).json()).toEqual({ validationStatus: status })
    await expect(refused(page).getByText(says, { exact: true })).toBeVisible()
    await expect(bookButton(page)).toHaveCount(0)
    await ways[way](page)
  })
}

test('PAST_START_DATE_TIME: Nora picks a time of today that has begun', async ({ page, context, baseURL, studio }) => {
  await beMember(context, baseURL!, 'Nora')
  // Late on this very day of the studio's, so that something has begun whenever the suite runs.
  await studio.clock(`${dateAhead(0)}T17:30:00Z`)
  await openService(page, 'Floating')
  await showDay(page, dayOf(page, dateAhead(0)))
  const time = await chooseTime(page)
  await expect(refused(page).getByText(`${time.slice(0, 5)} has already started.`, { exact: true })).toBeVisible()
  await takeAnotherTime(page)
})

test('cancelling one booking lifts the limit', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Ben')
  await open(page, '/bookings')
  await press(page.getByRole('region', { name: 'Upcoming' }).getByRole('link').first())
  await press(page.getByRole('button', { name: 'Cancel appointment' }))
  await press(page.getByRole('dialog').getByRole('button', { name: 'Cancel appointment' }))
  await expect(page.getByText('Your appointment is cancelled.').first()).toBeVisible()
  await openService(page, 'Personal training')
  await anyTime(page)
  await press(bookButton(page))
  await seeBooked(page)
})

/** Words that no tap causes, each by the studio answering with it. */
const byAnswer: [string, RegExp | string, (keyof typeof ways)[]][] = [
  ['PAST_START_DATE_TIME', /^\d\d:\d\d has already started\.$/, ['otherTime', 'otherDays', 'drop']],
  ['END_DATE_TIME_NOT_AFTER_START_DATE_TIME', "Something's wrong with this time on our side. Nothing was booked.", ['otherTime', 'otherDays']],
  ['PERIOD_DOES_NOT_MATCH', 'The studio changed how long this takes. Please choose again.', ['otherTime', 'otherDays']],
  ['CUSTOMER_IN_OTHER_BOOKING', 'You already have another booking then.', ['bookings', 'otherTime']],
  ['CUSTOMER_IDLE', 'Your membership is paused on that day.', ['otherDays', 'studio']],
  ['NO_CONTINGENT', 'Your membership has none of these left.', ['otherServices', 'studio']],
  ['BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED', "This one has conditions that your membership doesn't meet.", ['otherServices', 'studio']],
  ['BOOKING_LIMIT_REACHED', "You've reached the number you can book.", ['bookings', 'drop']],
  ['DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME', "You can't book that time online.", ['otherTime', 'otherDays']],
  ['DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME', "You can't book that time online. The studio may still fit you in.", ['otherTime', 'studio']],
  ['STUDIO_CLOSED', 'The studio is closed then.', ['otherTime', 'studio']],
  ['RESOURCE_NOT_AVAILABLE', 'Just taken: trainer or room is busy then.', ['otherTime', 'otherDays']],
  ['NOT_AVAILABLE', "That time can't be booked.", ['otherTime', 'studio']],
  ['ONLY_AT_FULL_MOON', "That time can't be booked.", ['otherTime', 'studio']],
]

for (const [status, says, waysOn] of byAnswer) {
  test(`${status} in words, with each way on`, async ({ page, context, baseURL, studio }) => {
    await beMember(context, baseURL!, 'Nora')
    await studio.quirks({ validationStatus: status })
    await openService(page, 'Body scan')
    await anyTime(page)
    const address = page.url()
    await expect(refused(page).getByText(says, { exact: true })).toBeVisible()
    await expect(page.getByRole('main')).not.toContainText(status)
    await expect(bookButton(page)).toHaveCount(0)
    for (const way of waysOn) {
      await ways[way](page)
      await open(page, address)
      await expect(refused(page)).toBeVisible()
    }
    await studio.quirks()
    await ways.drop(page)
    await chooseTime(page, times(page).nth(2))
    await expect(bookButton(page)).toBeEnabled()
  })
}

test('a time that ends before it starts is said to be our fault', async ({ page, context, baseURL, studio }) => {
  await beMember(context, baseURL!, 'Nora')
  await studio.quirks({ reversedSlots: true })
  await openService(page, 'Body scan')
  await anyTime(page)
  await expect(refused(page).getByText("Something's wrong with this time on our side. Nothing was booked.")).toBeVisible()
})

test('refusals are in German where the app is', async ({ page, context, baseURL, studio }) => {
  await beMember(context, baseURL!, 'Nora')
  await studio.quirks({ validationStatus: 'STUDIO_CLOSED' })
  await page.goto('/language/de?next=/')
  await open(page, '/')
  await press(card(page, 'Body scan'))
  await press(days(page).nth(1))
  await chooseTime(page)
  await expect(refused(page)).toContainText(/Studio .*geschlossen|geschlossen/)
})
