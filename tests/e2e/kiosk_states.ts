// Every state that a kiosk's screens can be in, beside those that the app has everywhere. One list for all that has to hold at kiosks: axe,
// sizes, screenshots.

import {
  asks, book, bookButton, chooseOf, expect, firstBooking, heading, key, keyIn, larger, offer, offers, openSignIn, passes,
  press, refused, scan, signInAs, start, startDemo, unreachable, type Page,
} from './kiosk.ts'
import { freeAs, freeNever } from './kiosk_told.ts'
import { choice } from './support.ts'

export type KioskState = {
  /** As a file's name. */
  name: string
  /** Whether it is still so when the page was loaded anew, in another language for instance. */
  stays?: true
  /** Goes there, and returns once it can be seen. */
  reach: (page: Page) => Promise<unknown>
}

const member = (page: Page) => page.getByRole('main')

async function signIn(page: Page) {
  await start(page)
  await openSignIn(page, '/bookings')
}

async function atPin(page: Page) {
  await signIn(page)
  await keyIn(page, 'M-1001')
  await press(key(page, 'Next'))
}

async function ready(page: Page) {
  await start(page)
  await signInAs(page, 'Henry')
  await chooseOf(page, 'Body scan')
  await expect(bookButton(page)).toBeEnabled()
}

export const KIOSK_STATES: KioskState[] = [
  { name: 'kiosk-start', stays: true, reach: async (page) => {
      await start(page)
      await expect(offers(page).first()).toBeVisible()
    } },
  { name: 'kiosk-start-busy-hour', reach: async (page) => {
      await freeAs(page, ['A', 'B', 'C', 'D', 'E'].map((name, nth) => [`${name} rather long name of something to book`, 10 + nth]))
      await start(page)
      await expect(offers(page)).toHaveCount(5)
    } },
  { name: 'kiosk-start-nothing', reach: async (page) => {
      await freeAs(page, [])
      await start(page)
      await expect(page.getByText('Nothing more is free today')).toBeVisible()
    } },
  { name: 'kiosk-start-unreachable', reach: async (page) => {
      await freeNever(page)
      await start(page)
      await expect(unreachable(page)).toBeVisible()
    } },
  { name: 'kiosk-start-larger', reach: async (page) => {
      await start(page)
      await press(larger(page))
      await expect(larger(page)).toHaveText('Usual text')
    } },
  { name: 'kiosk-start-unknown-card', reach: async (page) => {
      await start(page)
      await scan(page, '5299999999')
      await expect(refused(page)).toBeVisible()
    } },
  { name: 'kiosk-start-member', stays: true, reach: async (page) => {
      await start(page)
      await signInAs(page, 'Henry')
    } },
  { name: 'kiosk-sign-in', stays: true, reach: signIn },
  { name: 'kiosk-sign-in-letters', reach: async (page) => {
      await signIn(page)
      await press(key(page, 'ABC'))
      await expect(key(page, 'Z')).toBeVisible()
    } },
  { name: 'kiosk-sign-in-pin', reach: async (page) => {
      await atPin(page)
      await keyIn(page, '791')
    } },
  { name: 'kiosk-sign-in-too-short', reach: async (page) => {
      await atPin(page)
      await press(key(page, 'Sign in'))
      await expect(refused(page)).toBeVisible()
    } },
  { name: 'kiosk-sign-in-refused', reach: async (page) => {
      await signIn(page)
      await scan(page, '5299999999')
      await expect(refused(page)).toContainText("We don't recognise that.")
    } },
  { name: 'kiosk-sign-in-choice', stays: true, reach: async (page) => {
      await start(page)
      await press(offer(page, 'Body scan'))
      await press(choice(page).getByRole('link', { name: /^Sign in to book/ }))
      await expect(heading(page, 'Who are you?')).toBeVisible()
    } },
  { name: 'kiosk-sign-in-demo', stays: true, reach: async (page) => {
      await startDemo(page, '/sign-in')
      await expect(page.getByRole('main').getByText('Nora').first()).toBeVisible()
    } },
  { name: 'kiosk-choice', stays: true, reach: async (page) => {
      await start(page)
      await press(offer(page, 'Body scan'))
      await expect(choice(page)).toBeVisible()
    } },
  { name: 'kiosk-choice-ready', stays: true, reach: ready },
  { name: 'kiosk-booked', reach: async (page) => {
      await ready(page)
      await book(page)
      await expect(page.getByRole('button', { name: 'Stay here' })).toBeVisible()
    } },
  { name: 'kiosk-bookings', stays: true, reach: async (page) => {
      await start(page)
      await signInAs(page, 'Henry')
      await press(page.getByRole('banner').getByRole('link', { name: 'My bookings' }))
      await expect(member(page).getByRole('region', { name: 'Cancelled' })).toBeVisible()
    } },
  { name: 'kiosk-booking', stays: true, reach: async (page) => {
      await start(page)
      await signInAs(page, 'Henry')
      await firstBooking(page)
    } },
  { name: 'kiosk-cancel-asked', reach: async (page) => {
      await start(page)
      await signInAs(page, 'Henry')
      await firstBooking(page)
      await press(page.getByRole('button', { name: 'Cancel appointment' }))
      await expect(page.getByRole('dialog')).toBeVisible()
    } },
  { name: 'kiosk-asks', reach: async (page) => {
      await ready(page)
      await passes(page, 61)
      await expect(asks(page)).toBeVisible()
    } },
  { name: 'kiosk-left-unreachable', reach: async (page) => {
      await start(page)
      await signInAs(page, 'Henry')
      await page.route('**/session', (route) => route.abort('connectionrefused'))
      await press(page.getByRole('banner').getByRole('button', { name: "I'm done" }))
      await expect(unreachable(page)).toBeVisible()
    } },
]
