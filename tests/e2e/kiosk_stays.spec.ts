// A kiosk stays what it is: nothing on it leads away, nothing opens, nothing is marked, dragged or printed; and a new version of the
// app is taken when nobody is there.

import {
  book, bookButton, card, choice, chooseOf, doneButton, expect, freeAs, HAS, heading, isMarked, key, mark, passes, press, scan, seeStart,
  signInAs, start, test, type Page,
} from './kiosk.ts'
import { firstBooking } from './kiosk.ts'

test('a new version is taken when nobody is there, and not while somebody is', async ({ page }) => {
  const free = await freeAs(page, [['Body scan', 30]])
  await start(page)
  await press(card(page, 'Body scan'))
  await expect(heading(page, 'Body scan')).toBeVisible()
  free.build('another')
  await mark(page)
  await passes(page, 30)
  expect(await isMarked(page), 'while somebody looks').toBe(true)
  // Once it is loaded it is the one that is served.
  page.on('request', (request) => request.resourceType() === 'document' && free.build())
  await press(page.getByRole('main').getByRole('link', { name: 'All appointments' }))
  await expect.poll(() => isMarked(page).catch(() => true)).toBe(false)
  await seeStart(page)
})

test('a new version does not end the visit of somebody who is signed in', async ({ page }) => {
  const free = await freeAs(page, [])
  await start(page)
  await signInAs(page, 'Nora')
  free.build('another')
  await mark(page)
  await passes(page, 45)
  await expect(doneButton(page)).toBeVisible()
  expect(await isMarked(page)).toBe(true)
})

/** Every screen that a member sees, and what leads there. */
async function eachScreen(page: Page, look: (where: string) => Promise<unknown>) {
  await start(page)
  await look('start')
  await press(page.getByRole('banner').getByRole('link', { name: 'Sign in' }))
  await expect(heading(page, 'Who are you?')).toBeVisible()
  await look('sign-in')
  await press(key(page, 'ABC'))
  await look('letters')
  await page.goto('/services/1')
  await look('no such service')
  await page.goto('/nowhere/at/all')
  await look('no such page')
  await start(page)
  await signInAs(page, 'Nora')
  await look('start of a member')
  await chooseOf(page, 'Body scan')
  await expect(bookButton(page)).toBeEnabled()
  await look('times')
  await book(page)
  await look('booked')
  await press(page.getByRole('main').getByRole('link', { name: 'My bookings' }))
  await expect(heading(page, 'My bookings')).toBeVisible()
  await look('my bookings')
  await firstBooking(page)
  await look('a booking')
  await press(page.getByRole('button', { name: 'Cancel appointment' }))
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('asked whether to cancel')
}
