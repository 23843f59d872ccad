// Every screen has an address: it reloads, can be shared, obeys Back, and is drawn without a script.

import { beMember, bookButton, card, choice, chooseTime, expect, freeDays, open, openService, press, readyToBook, seeBooked, showDay, test, times, type Page } from './support.ts'

test.use({ expectedErrors: [/404 .*\/(nothing-here|not-hers|services\/999)\)$/] })

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

test('reload keeps a search, a category, a day, a trainer and a chosen time', async ({ page }) => {
  await open(page, '/?q=boxing')
  await expect(page.getByRole('searchbox')).toHaveValue('boxing')
  await expect(page.getByRole('heading', { level: 3 })).toHaveText(['Boxing coaching'])
  await open(page, '/?category=Recovery')
  await expect(page.getByRole('link', { name: 'Recovery' })).toHaveAttribute('aria-current', 'true')
  await expect(page.getByRole('heading', { level: 3 })).toHaveCount(3)

  await openService(page, 'Personal training')
  await showDay(page, freeDays(page).nth(1))
  await press(page.getByRole('radio', { name: 'Anna' }))
  await chooseTime(page, times(page).nth(1))
  const line = await choice(page).getByRole('paragraph').first().innerText()
  await expect(page).toHaveURL(/day=.*trainer=.*start=/)
  await page.reload()
  await expect(choice(page)).toContainText(line.replace(/\s+/g, ' '))
  await expect(times(page).nth(1)).toBeChecked()
  await expect(page.getByRole('radio', { name: 'Anna' }).first()).toBeChecked()
})

test('Back and Forward go through the screens, and what was chosen is there again', async ({ page }) => {
  await openService(page, 'Personal training')
  await showDay(page, freeDays(page).first())
  const time = await chooseTime(page)
  await press(choice(page).getByRole('link', { name: /^Sign in/ }))
  await expect(heading(page, 'Sign in')).toBeVisible()
  await page.goBack()
  await expect(heading(page, 'Personal training')).toBeVisible()
  await expect(choice(page)).toContainText(time.slice(0, 5))
  await expect(heading(page, 'Personal training')).toBeFocused()
  await page.goForward()
  await expect(heading(page, 'Sign in')).toBeVisible()
  await page.goBack()
  while (new URL(page.url()).pathname !== '/') await page.goBack()
  await expect(heading(page, 'Book an appointment')).toBeVisible()
})

test('an address with a chosen time is a link that can be sent', async ({ page, context, baseURL, browser }) => {
  await openService(page, 'Body scan')
  await showDay(page, freeDays(page).first())
  const time = await chooseTime(page)
  const address = page.url()

  const other = await browser.newContext({ baseURL })
  await beMember(other, baseURL!, 'Emil')
  const theirs = await other.newPage()
  await open(theirs, address)
  await expect(choice(theirs)).toContainText(time.slice(0, 5))
  await press(bookButton(theirs))
  await seeBooked(theirs)
  await other.close()

  await test.step('once it is gone, the nearest times are offered', async () => {
    await beMember(context, baseURL!, 'Nora')
    await open(page, address)
    const notice = choice(page).getByRole('alert')
    await expect(notice).toContainText('This time is no longer free. Nothing was booked.')
    await press(notice.getByRole('button', { name: /\d\d:\d\d$/ }).first())
    await press(bookButton(page))
    await seeBooked(page)
  })
})

test('booked, my bookings and a booking reload', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  await readyToBook(page, 'Body scan')
  await press(bookButton(page))
  await seeBooked(page)
  await page.reload()
  await seeBooked(page)
  await expect(page.getByRole('main')).toContainText('Body scan')
  const id = new URL(page.url()).pathname.split('/').pop()
  await open(page, `/bookings/${id}`)
  await expect(heading(page, 'Body scan')).toBeVisible()
  await page.reload()
  await expect(heading(page, 'Body scan')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Cancel appointment' })).toBeVisible()
})

test('Back from Booked does not book again', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  await readyToBook(page, 'Body scan')
  await press(bookButton(page))
  await seeBooked(page)
  await page.goBack()
  await expect(heading(page, 'Body scan')).toBeVisible()
  await page.goForward()
  await seeBooked(page)
})

test('an address that leads nowhere says so, and is a 404', async ({ page }) => {
  const answer = await page.goto('/nothing-here')
  expect(answer?.status()).toBe(404)
  await expect(heading(page, 'Page not found')).toBeVisible()
  await press(page.getByRole('main').getByRole('link', { name: 'See all appointments' }))
  await expect(heading(page, 'Book an appointment')).toBeVisible()
})

test('a service that does not exist says so', async ({ page }) => {
  await open(page, '/services/999')
  await expect(page.getByRole('main').getByRole('alert').first()).toBeVisible()
  await expect(page.getByRole('main').getByRole('alert').getByRole('link', { name: 'All appointments' })).toBeVisible()
  await expect(heading(page, /.+/)).toBeVisible()
})

test('a booking that does not exist says so', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  await open(page, '/bookings/999')
  await expect(page.getByText("This booking doesn't exist, or isn't yours.")).toBeVisible()
})

test('signed out, a page of members leads through sign-in and back to itself', async ({ page }) => {
  await open(page, '/bookings')
  await expect(heading(page, 'Sign in')).toBeVisible()
  await press(page.getByRole('button', { name: /^Nora/ }))
  await expect(heading(page, 'My bookings')).toBeVisible()
  await expect(page).toHaveURL('/bookings')
})

test('signing out leaves nothing of the member behind', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Olga')
  const nothingOfHers = async () => {
    await expect(page.getByRole('main').getByText(/12:00.14:00/)).toHaveCount(0)
    // Not in the sign-in screen, which names her as somebody to try.
    await expect(page.getByRole('banner')).not.toContainText('Olga')
  }
  await open(page, '/not-hers')
  await press(page.getByRole('main').getByRole('link', { name: 'My bookings' }))
  const entry = page.getByRole('region', { name: 'Upcoming' }).getByRole('listitem')
  await expect(entry).toContainText(/12:00.14:00/)
  await press(entry.getByRole('link'))
  await expect(heading(page, 'Private sauna suite')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('Olga')
  await press(page.getByRole('button', { name: 'Sign out' }))
  await expect(heading(page, 'Book an appointment')).toBeVisible()
  await nothingOfHers()
  await page.goBack()
  await expect(heading(page, 'Sign in')).toBeVisible()
  await nothingOfHers()
})

test('sign-in leads to addresses of this app alone', async ({ page }) => {
  for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
    await open(page, `/sign-in?next=${encodeURIComponent(next)}`)
    await press(page.getByRole('button', { name: /^Nora/ }))
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
    expect(new URL(page.url()).hostname).toBe('127.0.0.1')
    await press(page.getByRole('button', { name: 'Sign out' }))
    await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
  }
})

test('the language is chosen by a link, holds, and keeps the address', async ({ page }) => {
  await open(page, '/?category=Recovery')
  await press(page.getByRole('link', { name: 'DE', exact: true }))
  await expect(page).toHaveURL('/?category=Recovery')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(heading(page, /Termin/)).toBeVisible()
})

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false })

  test('the catalogue, its categories and its search work', async ({ page }) => {
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 3 })).not.toHaveCount(0)
    await page.getByRole('link', { name: 'Recovery' }).click()
    await expect(page.getByRole('heading', { level: 3 })).toHaveCount(3)
    await page.goto('/')
    await page.getByRole('searchbox').fill('boxing')
    await page.getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL('/?q=boxing')
    await expect(page.getByRole('heading', { level: 3 })).toHaveText(['Boxing coaching'])
  })

  test('a service is described, and how to reach the studio', async ({ page }) => {
    await page.goto('/')
    await card(page, 'Sports massage').click()
    await expect(heading(page, 'Sports massage')).toBeVisible()
    await expect(page.getByText('Firm, to the point')).toBeVisible()
    await expect(page.getByRole('contentinfo', { name: 'Help' }).getByRole('link').first()).toBeVisible()
  })
})
