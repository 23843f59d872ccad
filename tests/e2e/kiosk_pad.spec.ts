// Our own keys: a number, with letters where it has some, and a PIN that nobody reads over a shoulder. The device's own keyboard never
// comes up, as there is nothing to type into.

import {
  expect, HAS, heading, key, keyIn, openSignIn, passes, press, refused, seeSignedIn, start, test, typed, type Page,
} from './kiosk.ts'
import { scans, watchFor } from './kiosk_watch.ts'

const next = (page: Page) => press(key(page, 'Next'))
const submit = (page: Page) => press(key(page, 'Sign in'))
const back = (page: Page) => press(key(page, 'Take the last one back'))

/** The number that stands above the keys, once it was typed. */
const number = (page: Page) => page.getByRole('main').getByText(/^Member number M-/)

async function open(page: Page, next = '/bookings') {
  await start(page)
  await openSignIn(page, next)
}

test('a number with letters and a PIN sign in, and lead where one was going', async ({ page }) => {
  await open(page)
  await keyIn(page, HAS.Nora.number)
  await expect(typed(page)).toHaveText('M-1001')
  await next(page)
  await expect(number(page)).toHaveText(/M-1001/)
  await keyIn(page, HAS.Nora.pin)
  await submit(page)
  await seeSignedIn(page, 'Nora')
  await expect(heading(page, 'My bookings')).toBeVisible()
})

test('a PIN is dots, to whoever looks and to whoever listens', async ({ page }) => {
  const seen = await watchFor(page, [HAS.Nora.pin])
  await open(page)
  await keyIn(page, HAS.Nora.number)
  await next(page)
  for (const [nth, digit] of [...HAS.Nora.pin].entries()) {
    await keyIn(page, digit)
    await expect(typed(page)).toHaveText('•'.repeat(nth + 1))
  }
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: '4 digits typed' })).toBeAttached()
  await submit(page)
  await seeSignedIn(page, 'Nora')
  expect(seen).toEqual([])
})

test('a wrong PIN says no more than a wrong number, and the number is still there', async ({ page }) => {
  await open(page)
  await keyIn(page, HAS.Olga.number)
  await next(page)
  await keyIn(page, '0001')
  await submit(page)
  await expect(refused(page)).toContainText("We don't recognise that.")
  await expect(number(page)).toHaveText(/M-1005/)
  await expect(typed(page)).toHaveText('')
  await keyIn(page, HAS.Olga.pin)
  await submit(page)
  await seeSignedIn(page, 'Olga')
})

test('what is too short is not sent, and said to be', async ({ page }) => {
  const sent = scans(page)
  await open(page)
  await next(page)
  await expect(refused(page)).toHaveText('Type your member number first.')
  await keyIn(page, HAS.Nora.number)
  await next(page)
  await keyIn(page, '791')
  await submit(page)
  await expect(refused(page)).toHaveText('A PIN has at least four digits. Type it again.')
  await expect(typed(page)).toHaveText('')
  expect(sent).toEqual([])
})

test('what was typed is taken back key by key, and the number is changed', async ({ page }) => {
  await open(page)
  await keyIn(page, 'M-1009')
  await back(page)
  await expect(typed(page)).toHaveText('M-100')
  await keyIn(page, '1')
  await next(page)
  await keyIn(page, '12')
  await back(page)
  await expect(typed(page)).toHaveText('•')
  await press(key(page, 'Change the number'))
  await expect(typed(page)).toHaveText('M-1001')
  await back(page)
  await keyIn(page, '2')
  await next(page)
  await keyIn(page, HAS.Paul.pin)
  await submit(page)
  await seeSignedIn(page, 'Paul')
})

test('what somebody typed and left is gone when they have gone', async ({ page }) => {
  await open(page, '/')
  await keyIn(page, HAS.Nora.number)
  await next(page)
  await keyIn(page, '79')
  await passes(page, 81)
  await expect(heading(page, 'Book an appointment')).toBeVisible()
  await press(page.getByRole('banner').getByRole('link', { name: 'Sign in' }))
  await expect(typed(page)).toHaveText('')
  await expect(page.getByText('M-1001')).toHaveCount(0)
})

test('there is nothing to type into, and so no keyboard of the device', async ({ page }) => {
  await open(page)
  const typing = 'input:not([type=radio]), textarea, select, [contenteditable], [role=textbox], form'
  await expect(page.locator(typing)).toHaveCount(0)
  await keyIn(page, 'M')
  await expect(page.locator(typing)).toHaveCount(0)
  await page.goto('/')
  await expect(page.getByRole('main').getByRole('heading', { level: 3 }).first()).toBeVisible()
  await expect(page.locator(typing)).toHaveCount(0)
})
