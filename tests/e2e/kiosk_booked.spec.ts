// What was booked: shown for a quarter of a minute, longer for whoever wants it, and taken along on a phone.

import {
  asks, book, chooseOf, doneButton, expect, HAS, heading, larger, mark, isMarked, offer, passes, press, scan, seeLeft,
  seeSignedIn, signInAs, start, test, type Page,
} from './kiosk.ts'
import { cookie } from './kiosk_watch.ts'

const leaves = (page: Page) => page.getByText(/^Back to the start in \d+ seconds?\.$/)
const stay = (page: Page) => page.getByRole('button', { name: 'Stay here', exact: true })
const picture = (page: Page) => page.getByRole('img', { name: /^For your phone's camera/ })

async function booked(page: Page) {
  await start(page)
  await signInAs(page, 'Nora')
  await chooseOf(page, 'Body scan')
  await book(page)
  await mark(page)
}

test('it goes back to the start by itself after fifteen seconds', async ({ page }) => {
  await booked(page)
  await expect(leaves(page)).toHaveText('Back to the start in 15 seconds.')
  await passes(page, 5)
  await expect(leaves(page)).toHaveText('Back to the start in 10 seconds.')
  await passes(page, 9)
  await expect(leaves(page)).toHaveText('Back to the start in 1 second.')
  expect(await isMarked(page)).toBe(true)
  await passes(page, 1)
  await seeLeft(page)
})

test('“Stay here” stops that, and then it is asked as anywhere else', async ({ page }) => {
  await booked(page)
  await press(stay(page))
  await expect(leaves(page)).toBeHidden()
  await passes(page, 57)
  await expect(heading(page, 'Booked')).toBeVisible()
  await expect(asks(page)).toBeHidden()
  await passes(page, 4)
  await expect(asks(page)).toBeVisible()
  await passes(page, 21)
  await seeLeft(page)
})

test('whoever asked for more time has more of it here', async ({ page }) => {
  await booked(page)
  await press(larger(page))
  await passes(page, 40)
  await expect(heading(page, 'Booked')).toBeVisible()
  await passes(page, 6)
  await seeLeft(page)
})

test('going on to something else stops it too', async ({ page }) => {
  await booked(page)
  await press(page.getByRole('main').getByRole('link', { name: 'My bookings' }))
  await passes(page, 30)
  await expect(heading(page, 'My bookings')).toBeVisible()
  await seeSignedIn(page, 'Nora')
})

test('it is taken along by a picture that is the member’s own', async ({ page, context, baseURL }) => {
  await booked(page)
  await expect(picture(page)).toBeVisible()
  const drawn = await picture(page).evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))
  expect(drawn).toBeGreaterThan(0)
  const own = (await picture(page).getAttribute('src'))!
  const ask = () => page.request.get(own, { failOnStatusCode: false })
  const answer = await ask()
  expect(answer.headers()['content-type']).toContain('image/svg+xml')
  expect(answer.headers()['cache-control']).toBe('no-store')
  expect(await answer.text()).not.toMatch(/Nora|M-1001|1990/)
  await scan(page, HAS.Paul.card)
  await seeSignedIn(page, 'Paul')
  expect((await ask()).status(), "another's").toBe(404)
  await press(doneButton(page))
  await seeLeft(page)
  expect((await ask()).status(), "nobody's").toBe(401)
  expect(await cookie(context, 'frontdesk')).toBeUndefined()
  expect(own.startsWith('/bookings/') && baseURL).toBeTruthy()
})

test('a phone opens the choice that stood on the kiosk', async ({ page, browser, baseURL }) => {
  await start(page)
  await press(offer(page, 'Body scan'))
  await press(page.getByRole('region', { name: 'Your choice' }).getByRole('link', { name: /^Sign in to book/ }))
  await expect(heading(page, 'Who are you?')).toBeVisible()
  await expect(picture(page)).toBeVisible()
  const to = new URL((await picture(page).getAttribute('src'))!, baseURL).searchParams.get('to')!
  expect(to).toMatch(/^\/services\/\d+\?/)
  const phone = await browser.newPage({ baseURL, viewport: { width: 390, height: 844 } })
  await phone.goto(to)
  await expect(phone.getByRole('region', { name: 'Your choice' })).toContainText('Body scan')
  await expect(phone.getByRole('button', { name: "I'm done" })).toHaveCount(0)
  await phone.close()
})
