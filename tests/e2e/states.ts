// Every state that a screen can be in, and how to get there. One list for all that has to hold everywhere: axe, 320 pixels,
// screenshots. A new screen or a new thing that a screen can say gets a line here.

import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test'
import type { Mailbox } from './mailbox.ts'
import { plainPages } from './plain_states.ts'
import {
  anotherTime, answer, answeredAsOf, beMember, bookButton, card, choice, chooseTime, freeDays, hold, movable, moveButton,
  onBook, open, openService, press, readyToBook, seeBooked, showDay, times, upcoming, type Member, type Studio,
} from './support.ts'

/** What it takes to get somewhere. */
export type Stage = { page: Page; context: BrowserContext; browser: Browser; baseURL: string; studio: Studio; mailbox: Mailbox }

export type State = {
  /** As a file's name. */
  name: string
  /** Who is signed in. */
  be?: Member
  /** Goes there, and returns once it can be seen. */
  reach: (stage: Stage) => Promise<unknown>
}

/** Puts a page into a state. */
export async function reach(state: State, stage: Stage) {
  if (state.be) await beMember(stage.context, stage.baseURL, state.be)
  await state.reach(stage)
}

const TRAINING = 'Personal training'
const main = (page: Page) => page.getByRole('main')
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const says = (page: Page, text: string | RegExp) => expect(main(page).getByText(text).first()).toBeVisible()
const barSays = (page: Page, text: string | RegExp) => expect(choice(page).getByText(text).first()).toBeVisible()

/** The first day after today that has times, with nothing chosen. */
async function someTimes(page: Page, service = TRAINING) {
  await openService(page, service)
  await showDay(page, freeDays(page).first())
  await expect(times(page).first()).toBeAttached()
}

async function someChoice(page: Page, service = TRAINING) {
  await someTimes(page, service)
  return chooseTime(page)
}

async function book(page: Page, service = TRAINING) {
  await readyToBook(page, service)
  await press(bookButton(page))
}

/** A screen that carries nothing of the catalogue, and from there to it. */
async function catalogueFromElsewhere(page: Page) {
  await open(page, '/sign-in?next=/')
  await press(page.getByRole('navigation', { name: 'Main menu' }).getByRole('link', { name: 'Appointments' }))
}

async function firstBooking(page: Page) {
  await press((await upcoming(page)).first().getByRole('link'))
  await expect(page.getByRole('button', { name: 'Cancel appointment' })).toBeVisible()
}

async function askToCancel(page: Page) {
  await firstBooking(page)
  await press(page.getByRole('button', { name: 'Cancel appointment' }))
  await expect(page.getByRole('dialog')).toBeVisible()
}

async function cancel(page: Page) {
  await askToCancel(page)
  await press(page.getByRole('dialog').getByRole('button', { name: 'Cancel appointment' }))
}

async function signIn(page: Page, number: string, born: string) {
  await open(page, '/sign-in?next=/bookings')
  await page.getByLabel('Member number').fill(number)
  await page.getByLabel('Date of birth').fill(born)
  await press(page.locator('form').getByRole('button', { name: 'Sign in' }))
}

/** A booking of a training, its other times, and one of them chosen. */
async function chooseAnother(page: Page) {
  await book(page)
  await seeBooked(page)
  await (await upcoming(page)).first().waitFor()
  await press(anotherTime(page).first())
  await says(page, /^Instead of /)
  await showDay(page, freeDays(page).nth(1))
  await chooseTime(page)
}

async function move(page: Page) {
  await chooseAnother(page)
  await press(moveButton(page))
}

/** The new time is booked, and the studio does not give up the old one. */
async function moveHalfway(page: Page, studio: Studio) {
  await chooseAnother(page)
  await studio.quirks({ calls: [{ operation: 'deleteBooking', status: 400, times: 1 }] })
  await press(moveButton(page))
}

const HOUR_AGO = () => new Date(Date.now() - 3_600_000)

/** A drawn page that says how one can sign in. */
const signInBy = (page: Page, ways: { number: boolean; email: boolean }) =>
  page.route(/\/sign-in(\?|$)/, async (route) => {
    const response = await route.fetch()
    const drawn = await response.text()
    const body = drawn.replace(/"signIn":{[^}]*}/, `"signIn":${JSON.stringify(ways)}`).replace(/"elements":\d+/, '"elements":0')
    await route.fulfill({ response, body })
  })

const SLOTS = /\/appointments\/bookable\/\d+\/slots/
const CATALOGUE = /\/appointments\/bookable(\?|$)/
const VALIDATE = /\/bookable\/validate$/
const BOOKINGS = /\/appointments\/booking$/
const ATTEMPT = /\/attempts\//

const browsing: State[] = [
  { name: 'catalogue', reach: async ({ page }) => {
      await open(page, '/')
      await expect(card(page, TRAINING)).toBeVisible()
    } },
  { name: 'catalogue-category', reach: async ({ page }) => {
      await open(page, '/?category=Recovery')
      await expect(page.getByRole('heading', { level: 3 })).toHaveCount(3)
    } },
  { name: 'catalogue-nothing-found', reach: async ({ page }) => {
      await open(page, '/?q=zzzz')
      await says(page, 'Nothing found for “zzzz”.')
    } },
  { name: 'catalogue-loading', reach: async ({ page }) => {
      await hold(page, CATALOGUE)
      await catalogueFromElsewhere(page)
      await expect(page.locator('.skeleton').first()).toBeVisible()
    } },
  { name: 'catalogue-failed', reach: async ({ page }) => {
      await answer(page, CATALOGUE, 503, { kind: 'BUSY', retry: true, retryAfter: 60, traceId: 'a1b2c3' })
      await catalogueFromElsewhere(page)
      await says(page, "The studio's system is busy.")
    } },
  { name: 'catalogue-empty', reach: async ({ page }) => {
      await answer(page, CATALOGUE, 200, { result: [], hasNext: false, offset: '0' })
      await catalogueFromElsewhere(page)
      await says(page, 'There is nothing to book online right now.')
    } },
  { name: 'catalogue-german', reach: async ({ page }) => {
      await page.goto('/language/de?next=/')
      await open(page, '/')
      await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    } },
  { name: 'service-gone', reach: async ({ page }) => {
      await open(page, '/services/999')
      await expect(main(page).getByRole('alert').first()).toBeVisible()
    } },
  { name: 'not-found', reach: async ({ page }) => {
      await open(page, '/nothing-here')
      await expect(heading(page, 'Page not found')).toBeVisible()
    } },
]

const looking: State[] = [
  { name: 'times', reach: ({ page }) => someTimes(page) },
  { name: 'times-german', reach: async ({ page }) => {
      await page.goto('/language/de?next=/services/1220000101')
      await open(page, '/services/1220000101')
      await expect(times(page).first()).toBeAttached()
    } },
  { name: 'times-loading', reach: async ({ page }) => {
      await hold(page, SLOTS)
      await openService(page, TRAINING)
      await expect(page.locator('.skeleton').first()).toBeVisible()
    } },
  { name: 'times-slow', reach: async ({ page }) => {
      await page.clock.install()
      await hold(page, SLOTS)
      await openService(page, TRAINING)
      await page.clock.runFor(8_500)
      await says(page, 'Still trying…')
    } },
  { name: 'times-failed', reach: async ({ page, studio }) => {
      await studio.quirks({ calls: [{ operation: 'listSlots', status: 503 }] })
      await openService(page, TRAINING)
      await says(page, "The studio's system is busy.")
    } },
  { name: 'times-none', reach: async ({ page }) => {
      await answer(page, SLOTS, 200, [])
      await openService(page, TRAINING)
      await says(page, /^No free times until /)
    } },
  { name: 'times-none-this-day', reach: async ({ page }) => {
      // No time for eight days, then some.
      await openService(page, 'Lactate test')
      await says(page, /^Next free: /)
    } },
  { name: 'times-unreadable', reach: async ({ page, studio }) => {
      await studio.quirks({ unreadableSlot: true, noInstructors: true })
      await someTimes(page)
    } },
  { name: 'times-as-of', be: 'Nora', reach: async ({ page }) => {
      await answeredAsOf(page, SLOTS, HOUR_AGO())
      await readyToBook(page)
      await says(page, /^Times as of .*: the studio's system isn't answering\.$/)
    } },
  { name: 'switched-off', reach: async ({ page, studio }) => {
      await studio.quirks({ calls: [{ operation: 'listSlots', status: 403 }] })
      await openService(page, TRAINING)
      await says(page, 'Online booking is switched off.')
    } },
  { name: 'times-offline', be: 'Nora', reach: async ({ page, context }) => {
      await readyToBook(page, TRAINING)
      await context.setOffline(true)
      await expect(page.getByText("You're offline.").first()).toBeVisible()
      await expect(bookButton(page)).toHaveAccessibleDescription(/offline/)
    } },
]

const choosing: State[] = [
  { name: 'choice-sign-in', reach: async ({ page }) => {
      await someChoice(page)
      await expect(choice(page).getByRole('link', { name: 'Sign in to book' })).toBeVisible()
    } },
  { name: 'choice-checking', be: 'Nora', reach: async ({ page }) => {
      await hold(page, VALIDATE)
      await someChoice(page)
      await expect(choice(page).getByRole('button', { name: 'Checking this time…' })).toBeVisible()
    } },
  { name: 'choice-ready', be: 'Nora', reach: ({ page }) => readyToBook(page) },
  { name: 'choice-refused', be: 'Nora', reach: async ({ page, studio }) => {
      await studio.quirks({ validationStatus: 'RESOURCE_NOT_AVAILABLE' })
      await someChoice(page)
      await barSays(page, 'Just taken: trainer or room is busy then.')
      await expect(choice(page).getByRole('button', { name: /\d\d:\d\d/ }).first()).toBeVisible()
    } },
  { name: 'choice-unchecked', be: 'Nora', reach: async ({ page, studio }) => {
      await studio.quirks({ calls: [{ operation: 'validateBooking', status: 500 }] })
      await someChoice(page)
      await barSays(page, /Nothing was (changed|booked)\./)
      await expect(choice(page).getByRole('button', { name: /again/ })).toBeVisible()
    } },
  { name: 'choice-booking', be: 'Nora', reach: async ({ page }) => {
      await hold(page, /\/booking\/book$/)
      await book(page)
      await expect(choice(page).getByRole('button', { name: 'Booking…' })).toBeVisible()
    } },
  { name: 'choice-uncertain', be: 'Nora', reach: async ({ page }) => {
      await onBook(page, (route) => route.abort('connectionreset'))
      await hold(page, ATTEMPT)
      await book(page)
      await barSays(page, "We're checking whether your booking went through.")
    } },
  { name: 'choice-given-up', be: 'Nora', reach: async ({ page }) => {
      await onBook(page, (route) => route.abort('connectionreset'))
      await answer(page, ATTEMPT, 200, { state: 'UNSETTLEABLE' })
      await book(page)
      await barSays(page, "We can't find out whether it is booked.")
    } },
  { name: 'choice-not-booked', be: 'Nora', reach: async ({ page }) => {
      await onBook(page, (route) => route.abort('connectionreset'))
      await book(page)
      await barSays(page, 'It did not go through. Nothing was booked.')
    } },
  { name: 'choice-gone', be: 'Nora', reach: async ({ page, context, baseURL }) => {
      await readyToBook(page)
      const address = page.url()
      await beMember(context, baseURL, 'Emil')
      await press(bookButton(page))
      await seeBooked(page)
      await beMember(context, baseURL, 'Nora')
      await open(page, address)
      await barSays(page, 'This time is no longer free. Nothing was booked.')
    } },
]

const signingIn: State[] = [
  { name: 'sign-in', reach: async ({ page }) => {
      await signInBy(page, { number: true, email: false })
      await open(page, '/sign-in?next=/bookings')
      await expect(heading(page, 'Sign in')).toBeVisible()
    } },
  { name: 'sign-in-email', reach: async ({ page }) => {
      await open(page, '/sign-in?next=/bookings')
      const link = page.getByRole('link', { name: 'Continue with e-mail' })
      await expect(link).toHaveAttribute('href', '/sign-in/email?next=%2Fbookings')
    } },
  { name: 'sign-in-email-only', reach: async ({ page }) => {
      await signInBy(page, { number: false, email: true })
      await open(page, '/sign-in?next=/bookings')
      await expect(page.getByRole('link', { name: 'Continue with e-mail' })).toBeVisible()
      await expect(page.getByLabel('Member number')).toHaveCount(0)
    } },
  { name: 'sign-in-incomplete', reach: async ({ page }) => {
      await open(page, '/sign-in?next=/bookings')
      await press(page.locator('form').getByRole('button', { name: 'Sign in' }))
      await says(page, 'Enter your member number.')
    } },
  { name: 'sign-in-wrong', reach: async ({ page }) => {
      await answer(page, /\/session$/, 401, { kind: 'WRONG_CREDENTIALS', retry: false }, 'POST')
      await signIn(page, 'M-9999', '1990-01-01')
      await says(page, "Number and date of birth don't match. Check both and try again.")
    } },
  { name: 'sign-in-locked', reach: async ({ page }) => {
      await answer(page, /\/session$/, 429, { kind: 'TOO_MANY_TRIES', retry: false, retryAfter: 840 }, 'POST')
      await signIn(page, 'M-9999', '1990-01-01')
      await says(page, 'That was tried too often.')
    } },
]

const moving: State[] = [
  { name: 'move-choose', be: 'Nora', reach: async ({ page }) => {
      await chooseAnother(page)
      await expect(moveButton(page)).toBeEnabled()
    } },
  { name: 'move-under-way', be: 'Nora', reach: async ({ page }) => {
      await chooseAnother(page)
      await hold(page, /\/bookings\/\d+\/move$/)
      await press(moveButton(page))
      await expect(choice(page).getByRole('button', { name: 'Moving…' })).toBeVisible()
    } },
  { name: 'move-refused', be: 'Nora', reach: async ({ page, studio }) => {
      await chooseAnother(page)
      await studio.quirks({ calls: [{ operation: 'book', status: 409, times: 1 }] })
      await press(moveButton(page))
      await barSays(page, 'Just taken: trainer or room is busy then.')
      await barSays(page, /^Your old time, .*, stays booked\.$/)
    } },
  { name: 'move-over', be: 'Henry', reach: async ({ page }) => {
      await open(page, '/services/1220000101?instead=999')
      await says(page, "This booking can't be moved any more.")
    } },
  { name: 'moved', be: 'Nora', reach: async ({ page }) => {
      await move(page)
      await expect(heading(page, 'Moved')).toBeVisible()
      await says(page, /^Your old time, .*, is given up\.$/)
    } },
  { name: 'move-both-stand', be: 'Nora', reach: async ({ page, studio }) => {
      await moveHalfway(page, studio)
      await expect(heading(page, 'Both times are booked')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Cancel the old one' })).toBeVisible()
    } },
  { name: 'move-undone', be: 'Nora', reach: async ({ page, studio }) => {
      await moveHalfway(page, studio)
      await press(page.getByRole('button', { name: 'Cancel the new one' }))
      await press(page.getByRole('dialog').getByRole('button', { name: 'Cancel appointment' }))
      await expect(heading(page, 'Not moved')).toBeVisible()
    } },
  { name: 'another-unknown', be: 'Henry', reach: async ({ page }) => {
      await answer(page, /\/bookings\/\d+\/service$/, 404, { kind: 'NOT_FOUND', retry: false })
      await upcoming(page)
      await press(page.getByRole('button', { name: /^Book again/ }).first())
      await says(page, "We can't tell which appointment this was.")
    } },
]

const booked: State[] = [
  { name: 'booked', be: 'Nora', reach: async ({ page }) => {
      await book(page)
      await seeBooked(page)
    } },
  { name: 'booked-to-be-confirmed', be: 'Nora', reach: async ({ page }) => {
      await book(page, 'Posture check')
      await expect(heading(page, 'Booked – the studio still has to confirm')).toBeVisible()
    } },
  { name: 'booked-elsewhere', be: 'Nora', reach: async ({ page }) => {
      let answerNow = () => {}
      const left = new Promise<void>((go) => (answerNow = go))
      await onBook(page, async (route) => {
        await left
        await route.continue()
      })
      await book(page)
      await press(page.getByRole('link', { name: 'All appointments' }))
      await expect(heading(page, 'Book an appointment')).toBeVisible()
      answerNow()
      await says(page, 'It is booked.')
    } },
  { name: 'bookings', be: 'Henry', reach: async ({ page }) => {
      await upcoming(page)
      await expect(page.getByRole('region', { name: 'Cancelled' })).toBeVisible()
    } },
  { name: 'bookings-empty', be: 'Nora', reach: async ({ page }) => {
      await upcoming(page)
      await says(page, 'Nothing booked ahead.')
    } },
  { name: 'bookings-loading', be: 'Henry', reach: async ({ page }) => {
      await hold(page, BOOKINGS)
      await open(page, '/bookings')
      await expect(page.locator('.skeleton').first()).toBeVisible()
    } },
  { name: 'bookings-failed', be: 'Henry', reach: async ({ page, studio }) => {
      await studio.quirks({ calls: [{ operation: 'listBookings', status: 500 }] })
      await open(page, '/bookings')
      await expect(main(page).getByRole('alert')).toBeVisible()
    } },
  { name: 'bookings-as-of', be: 'Henry', reach: async ({ page }) => {
      await answeredAsOf(page, BOOKINGS, HOUR_AGO())
      await upcoming(page)
      await says(page, /^Bookings as of .*: the studio's system isn't answering\.$/)
    } },
  { name: 'bookings-offline', be: 'Henry', reach: async ({ page, context }) => {
      await upcoming(page)
      await context.setOffline(true)
      await expect(page.getByText(/^You're offline\. Your bookings as of/)).toBeVisible()
    } },
  { name: 'booking', be: 'Olga', reach: ({ page }) => firstBooking(page) },
  { name: 'booking-gone', be: 'Nora', reach: async ({ page }) => {
      await open(page, '/bookings/999')
      await says(page, "This booking doesn't exist, or isn't yours.")
    } },
  { name: 'cancel-asked', be: 'Olga', reach: ({ page }) => askToCancel(page) },
  { name: 'cancel-sending', be: 'Olga', reach: async ({ page }) => {
      await hold(page, /\/appointments\/booking\/\d+$/, 'DELETE')
      await cancel(page)
      await expect(page.getByRole('dialog').locator('[aria-busy=true]')).toBeVisible()
    } },
  { name: 'cancelled', be: 'Olga', reach: async ({ page }) => {
      await cancel(page)
      await says(page, 'Your appointment is cancelled.')
    } },
  { name: 'cancel-refused', be: 'Olga', reach: async ({ page, studio }) => {
      await studio.quirks({ calls: [{ operation: 'deleteBooking', status: 400 }] })
      await cancel(page)
      await says(page, 'It was not cancelled. Your appointment still stands.')
    } },
  { name: 'cancel-unclear', be: 'Olga', reach: async ({ page }) => {
      await firstBooking(page)
      await answer(page, /\/appointments\/booking\/\d+$/, 504, { kind: 'UNCERTAIN', retry: false })
      await press(page.getByRole('button', { name: 'Cancel appointment' }))
      await press(page.getByRole('dialog').getByRole('button', { name: 'Cancel appointment' }))
      await says(page, "We couldn't find out whether it is cancelled.")
    } },
]

/** All of them. */
export const STATES: State[] = [...browsing, ...looking, ...choosing, ...signingIn, ...booked, ...moving, ...plainPages]
