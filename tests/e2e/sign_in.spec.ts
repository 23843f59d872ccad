// Signing in where it goes wrong: what is said, where the focus is, and that nothing of what was typed or chosen is lost.

import { postWithoutTheApp } from './plain_states.ts'
import { beMember, bookButton, choice, expect, open, press, readyToBook, seeBooked, seeFocus, test, times, type Page } from './support.ts'

const number = (page: Page) => page.getByLabel('Member number')
const born = (page: Page) => page.getByLabel('Date of birth')
const submit = (page: Page) => press(page.locator('form').getByRole('button', { name: 'Sign in' }))
const WRONG = "Number and date of birth don't match. Check both and try again."

/** Paul, but for his birth date. */
async function answerWrongly(page: Page, who = 'M-1002') {
  await open(page, '/sign-in?next=/bookings')
  await number(page).fill(who)
  await born(page).fill('1985-11-04')
  await submit(page)
}

test('wrong answers are said to be, what was typed stays, and the right ones sign in', async ({ page }) => {
  await answerWrongly(page)
  await expect(page.getByRole('main').getByRole('alert')).toContainText(WRONG)
  await seeFocus(page)
  await expect(number(page)).toHaveValue('M-1002')
  await expect(born(page)).toHaveValue('1985-11-04')
  await born(page).fill('1985-11-03')
  await submit(page)
  await expect(page.getByRole('heading', { level: 1, name: 'My bookings' })).toBeFocused()
})

test('a number that does not exist is told the same', async ({ page }) => {
  await answerWrongly(page, 'M-4711')
  await expect(page.getByRole('main').getByRole('alert')).toContainText(WRONG)
})

test('too many tries: it says so, and until when', async ({ page, baseURL }) => {
  const data = { customerNumber: 'M-4712', dateOfBirth: '1990-01-01' }
  for (let tries = 0; tries < 5; tries++) await page.request.post('/session', { data, headers: { Origin: baseURL! } })
  await answerWrongly(page, 'M-4712')
  const notice = page.getByRole('main').getByRole('alert')
  await expect(notice).toContainText('That was tried too often.')
  await expect(notice).toContainText(/Try again in (a minute|\d+ minutes)\./)
  await expect(notice).not.toContainText(/429|TOO_MANY/)
  await seeFocus(page)
})

test('what is left out is named beside its field', async ({ page }) => {
  await open(page, '/sign-in?next=/bookings')
  await submit(page)
  await expect(number(page)).toHaveAccessibleDescription(/Enter your member number\./)
  await expect(born(page)).toHaveAccessibleDescription(/Enter a full date: day, month and year\.|Enter your date of birth\./)
  await seeFocus(page)
})

test('a member number can be pasted, and password managers know the field', async ({ page }) => {
  await open(page, '/sign-in?next=/bookings')
  await number(page).fill('M-1001')
  await number(page).press('Control+A')
  await number(page).press('Control+X')
  await expect(number(page)).toHaveValue('')
  await number(page).press('Control+V')
  await expect(number(page)).toHaveValue('M-1001')
  await expect(number(page)).toHaveAttribute('autocomplete', 'username')
  await born(page).fill('1990-04-12')
  await submit(page)
  await expect(page.getByRole('heading', { level: 1, name: 'My bookings' })).toBeVisible()
})

test('a session that ended while choosing: nothing is booked, the choice is kept, and signing in goes on with it', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  const time = await readyToBook(page, 'Body scan')
  await context.clearCookies()
  await press(bookButton(page))
  const signIn = choice(page).getByRole('link', { name: /^Sign in to book/ })
  await expect(signIn).toBeVisible()
  await expect(choice(page)).toContainText(time.slice(0, 5))
  await expect(times(page).first()).toBeChecked()
  await press(signIn)
  await number(page).fill('M-1001')
  await born(page).fill('1990-04-12')
  await submit(page)
  await expect(choice(page)).toContainText(time.slice(0, 5))
  await press(bookButton(page))
  await seeBooked(page)
})

// The app is late, or never starts: the form is posted, and the page that answers says what was wrong.
test('a form that is sent before the app has started says what was wrong with it, and signs in when it is right', async ({ page }) => {
  await postWithoutTheApp(page, '', '1985-11-03')
  await expect(page).toHaveTitle(/^Enter your member number\./)
  await expect(number(page)).toBeFocused()
  await expect(number(page)).toHaveAccessibleDescription(/Enter your member number\./)
  await expect(born(page)).not.toHaveAttribute('aria-invalid')
  await number(page).fill('M-1002')
  await born(page).fill('1985-11-04')
  await submit(page)
  const notice = page.getByRole('main').getByRole('alert')
  await expect(notice).toContainText(WRONG)
  await expect(notice).toBeFocused()
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fbookings$/)
  await number(page).fill('M-1002')
  await born(page).fill('1985-11-03')
  await page.unroute(/\.wasm$/)
  await submit(page)
  await expect(page.getByRole('heading', { level: 1, name: 'My bookings' })).toBeVisible()
})

test('too often, before the app has started: it says until when', async ({ page, baseURL }) => {
  const data = { customerNumber: 'M-4713', dateOfBirth: '1990-01-01' }
  for (let tries = 0; tries < 5; tries++) await page.request.post('/session', { data, headers: { Origin: baseURL! } })
  await postWithoutTheApp(page, 'M-4713', '1990-01-01')
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/That was tried too often\..*Try again in/)
})
