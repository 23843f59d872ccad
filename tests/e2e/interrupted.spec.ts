// A move that its member gets in the way of: two presses, Back, two tabs, no network. Whatever they do, one booking is left
// or it is said that both stand, and the screen ends up saying which.

import { anotherTime, beMember, bookButton, choice, chooseTime, expect, freeDays, moveButton, open, press, readyToBook, seeBooked, showDay, test, upcoming, watchMoves, type Page } from './support.ts'

test.beforeEach(({ context, baseURL }) => beMember(context, baseURL!, 'Nora'))

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const cancelled = (page: Page) => page.getByRole('region', { name: 'Cancelled' }).getByRole('listitem')

/** A training is booked. */
async function booked(page: Page) {
  await readyToBook(page)
  await press(bookButton(page))
  await seeBooked(page)
}

/** Another time of it is chosen: of the day that is so many days with free times ahead. */
async function chooseAnother(page: Page, ahead = 1) {
  await expect(await upcoming(page)).toHaveCount(1)
  await press(anotherTime(page).first())
  await expect(page.getByText(/^Instead of /)).toBeVisible()
  await showDay(page, freeDays(page).nth(ahead))
  await chooseTime(page)
  await expect(moveButton(page)).toBeEnabled()
}

const slowly = (operation: string) => ({ calls: [{ operation, times: 1, delayMillis: 900 }] })

test('three presses on Move are one move', async ({ page, studio }) => {
  await booked(page)
  await chooseAnother(page)
  const sent = watchMoves(page)
  await studio.quirks(slowly('book'))
  await moveButton(page).evaluate((button: HTMLElement) => (button.click(), button.click(), button.click()))
  await expect(heading(page, 'Moved')).toBeVisible()
  expect(sent).toHaveLength(1)
  await expect(await upcoming(page)).toHaveCount(1)
  await expect(cancelled(page)).toHaveCount(1)
})

test('Back in the middle of a move: what it came to is told where the member is', async ({ page, studio }) => {
  await booked(page)
  await chooseAnother(page)
  await studio.quirks(slowly('book'))
  await press(moveButton(page))
  await expect(choice(page).getByRole('button', { name: 'Moving…' })).toBeVisible()
  await page.goBack()
  await expect(heading(page, 'Moved').or(page.getByText(/It is (booked|moved)/)).first()).toBeVisible()
  await expect(await upcoming(page)).toHaveCount(1)
  await expect(cancelled(page)).toHaveCount(1)
})

test('a page that is loaded again in the middle of a move moves nothing twice', async ({ page, studio }) => {
  await booked(page)
  await chooseAnother(page)
  await studio.quirks(slowly('book'))
  await press(moveButton(page))
  await expect(choice(page).getByRole('button', { name: 'Moving…' })).toBeVisible()
  await page.reload()
  await expect(async () => {
    await expect(await upcoming(page)).toHaveCount(1, { timeout: 1000 })
    await expect(cancelled(page)).toHaveCount(1, { timeout: 1000 })
  }).toPass()
})

test('two tabs move the same booking: one of them does, and the other is told that it cannot be moved any more', async ({ page, context }) => {
  await booked(page)
  const second = await context.newPage()
  await chooseAnother(page, 1)
  await chooseAnother(second, 2)
  await press(moveButton(page))
  await expect(heading(page, 'Moved')).toBeVisible()
  await press(moveButton(second))
  await expect(second.getByRole('main').getByText("This booking can't be moved any more.").first()).toBeVisible()
  await expect(second.getByText(/stays booked/)).toHaveCount(0)
  await expect(await upcoming(page)).toHaveCount(1)
})

test('two tabs move the same booking at the same moment: no more than the truth is told', async ({ page, context, studio }) => {
  await booked(page)
  const second = await context.newPage()
  await chooseAnother(page, 1)
  await chooseAnother(second, 2)
  await studio.quirks({ calls: [{ operation: 'deleteBooking', times: 2, delayMillis: 500 }] })
  await Promise.all([press(moveButton(page)), press(moveButton(second))])
  const ended = (each: Page) => heading(each, 'Moved').or(each.getByText("This booking can't be moved any more.").first())
  for (const each of [page, second]) await expect(ended(each).first()).toBeVisible()
  const moved = (await heading(page, 'Moved').count()) + (await heading(second, 'Moved').count())
  await expect(await upcoming(page)).toHaveCount(moved)
})

test('the network goes in the middle of a move and comes back: it is looked up, and told as it is', async ({ page, context, studio }) => {
  await booked(page)
  await chooseAnother(page)
  const sent = watchMoves(page)
  await studio.quirks(slowly('book'))
  const left = page.waitForRequest(/\/move$/)
  await press(moveButton(page))
  await left
  await context.setOffline(true)
  await expect(choice(page).getByText("We're checking").or(page.getByText("You're offline.")).first()).toBeVisible()
  await context.setOffline(false)
  await expect(heading(page, 'Moved').or(choice(page).getByText(/Nothing was (booked|changed)/)).first()).toBeVisible()
  expect(sent).toHaveLength(1)
  const wasMoved = await heading(page, 'Moved').count()
  await expect(await upcoming(page)).toHaveCount(1)
  await expect(cancelled(page)).toHaveCount(wasMoved)
})

test('a session that ended in the middle: nothing is moved, and after signing in it goes on', async ({ page, context, baseURL }) => {
  await booked(page)
  await chooseAnother(page)
  await context.clearCookies()
  await press(moveButton(page))
  await expect(choice(page).getByRole('link', { name: /^Sign in/ })).toBeVisible()
  await beMember(context, baseURL!, 'Nora')
  await page.reload()
  await press(moveButton(page))
  await expect(heading(page, 'Moved')).toBeVisible()
  await open(page, '/bookings')
  await expect(await upcoming(page)).toHaveCount(1)
})
