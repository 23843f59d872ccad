// The network goes, the studio is slow, an answer is lost: what is said is true, and a booking is made once or not at all.

import { beMember, bookButton, choice, chooseTime, expect, freeDays, onBook, open, openService, press, readyToBook, seeBooked, showDay, test, upcoming, watchBookCalls } from './support.ts'

test.beforeEach(({ context, baseURL }) => beMember(context, baseURL!, 'Nora'))

const scans = async (page: import('./support.ts').Page) => (await upcoming(page)).filter({ hasText: 'Body scan' })

test('Back in mid-flight: the booking is made once, and said where the member is', async ({ page, studio }) => {
  await readyToBook(page, 'Body scan')
  const calls = watchBookCalls(page)
  await studio.quirks({ calls: [{ operation: 'book', times: 1, delayMillis: 1500 }] })
  const answered = page.waitForResponse(/booking\/book$/)
  await press(bookButton(page))
  await expect(choice(page).getByRole('button', { name: 'Booking…' })).toHaveAttribute('aria-busy', 'true')
  await page.goBack()
  await answered
  await expect(page.getByText('It is booked.').first()).toBeAttached()
  expect(calls).toHaveLength(1)
  await expect(await scans(page)).toHaveCount(1)
})

test('leaving for another screen in mid-flight loses nothing', async ({ page, studio }) => {
  await readyToBook(page, 'Body scan')
  await studio.quirks({ calls: [{ operation: 'book', times: 1, delayMillis: 1500 }] })
  const answered = page.waitForResponse(/booking\/book$/)
  await press(bookButton(page))
  await press(page.getByRole('link', { name: 'All appointments' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Book an appointment' })).toBeVisible()
  await answered
  await expect(page.getByText('It is booked.').first()).toBeAttached()
  await expect(await scans(page)).toHaveCount(1)
})

test('a call to book that never left is said not to have gone through, and nothing is booked', async ({ page }) => {
  await readyToBook(page, 'Body scan')
  await onBook(page, (route) => route.abort('connectionreset'))
  await press(bookButton(page))
  await expect(choice(page).getByText('It did not go through. Nothing was booked.').first()).toBeVisible()
  await page.unrouteAll()
  await expect(await scans(page)).toHaveCount(0)
})

test('an answer lost between browser and proxy is looked up: it is booked, once', async ({ page }) => {
  const calls = watchBookCalls(page)
  await readyToBook(page, 'Body scan')
  await onBook(page, async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  })
  await press(bookButton(page))
  await seeBooked(page)
  expect(calls).toHaveLength(1)
  await page.unrouteAll()
  await expect(await scans(page)).toHaveCount(1)
})

test('an answer lost between proxy and studio is looked up: it is booked, once', async ({ page, studio }) => {
  const calls = watchBookCalls(page)
  await readyToBook(page, 'Body scan')
  await studio.quirks({ calls: [{ operation: 'book', times: 1, loseAnswer: true }] })
  await press(bookButton(page))
  await seeBooked(page)
  expect(calls).toHaveLength(1)
  await expect(await scans(page)).toHaveCount(1)
})

test('gone at Book: it is being checked, and settled once the network is back', async ({ page, context }) => {
  await readyToBook(page, 'Body scan')
  await onBook(page, async (route) => {
    await route.fetch()
    await context.setOffline(true)
    await route.abort('internetdisconnected')
  })
  await press(bookButton(page))
  await expect(choice(page).getByText("We're checking whether your booking went through.").first()).toBeVisible()
  await context.setOffline(false)
  await seeBooked(page)
  await page.unrouteAll()
  await expect(await scans(page)).toHaveCount(1)
})

test('offline: the banner says so, Book says why it cannot be pressed, and both go when the network is back', async ({ page, context }) => {
  await readyToBook(page, 'Body scan')
  const calls = watchBookCalls(page)
  await context.setOffline(true)
  await expect(page.getByText("You're offline.").first()).toBeVisible()
  await expect(bookButton(page)).toBeDisabled()
  await expect(bookButton(page)).toHaveAccessibleDescription("You're offline. You can book once you're back online.")
  await bookButton(page).evaluate((button: HTMLElement) => button.click())
  await context.setOffline(false)
  await expect(bookButton(page)).toBeEnabled()
  await expect(page.getByText("You're offline.")).toHaveCount(0)
  expect(calls).toHaveLength(0)
  await press(bookButton(page))
  await seeBooked(page)
})

test('offline, My bookings stay and say as of when, and cannot be cancelled', async ({ page, context }) => {
  await readyToBook(page, 'Body scan')
  await press(bookButton(page))
  await seeBooked(page)
  const scan = (await scans(page)).getByRole('link')
  await context.setOffline(true)
  await expect(page.getByText(/^You're offline\. Your bookings as of \d\d:\d\d\.$/)).toBeVisible()
  await expect(scan).toBeVisible()

  await context.setOffline(false)
  await press(scan)
  const cancel = page.getByRole('main').getByRole('button', { name: 'Cancel appointment' })
  await expect(cancel).toBeEnabled()
  await context.setOffline(true)
  await expect(cancel).toBeDisabled()
  await expect(cancel).toHaveAccessibleDescription("You're offline. You can cancel once you're back online.")
  await cancel.evaluate((button: HTMLElement) => button.click())
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('main')).toContainText('Booked')
})

test('a slow studio: after 8 seconds it says that it is still trying', async ({ page, studio }) => {
  await page.clock.install()
  await studio.quirks({ calls: [{ operation: 'listSlots', delayMillis: 4000 }] })
  await open(page, '/')
  await press(page.getByRole('heading', { level: 3, name: 'Body scan' }).getByRole('link'))
  await expect(page.getByRole('heading', { level: 1, name: 'Body scan' })).toBeVisible()
  await page.clock.runFor(8_500)
  await expect(page.getByText('Still trying…').first()).toBeVisible()
  await expect(page.getByRole('group', { name: /^Times on/ })).toBeVisible()
  await expect(page.getByRole('main').getByText('Still trying…')).toHaveCount(0)
})

test('times that cannot be loaded say what failed, and are loaded by one tap', async ({ page, studio }) => {
  await studio.quirks({ calls: [{ operation: 'listSlots', status: 503 }] })
  await openService(page, 'Body scan')
  await expect(page.getByRole('alert').filter({ hasText: "The studio's system is busy." })).toBeVisible()
  await studio.quirks()
  await press(page.getByRole('button', { name: 'Try again' }))
  await showDay(page, freeDays(page).first())
  await chooseTime(page)
  await expect(bookButton(page)).toBeEnabled()
})

test('cancelling that never left is not said to be done', async ({ page }) => {
  await readyToBook(page, 'Body scan')
  await press(bookButton(page))
  await seeBooked(page)
  await press((await scans(page)).getByRole('link'))
  await page.route(/\/api\/v1\/appointments\/booking\/\d+$/, (route) =>
    route.request().method() === 'DELETE' ? route.abort('connectionreset') : route.fallback(),
  )
  await press(page.getByRole('button', { name: 'Cancel appointment' }))
  await press(page.getByRole('dialog').getByRole('button', { name: 'Cancel appointment' }))
  await expect(page.getByText('It was not cancelled. Your appointment still stands.').first()).toBeVisible()
  await expect(page.getByText('Your appointment is cancelled.')).toHaveCount(0)
})
