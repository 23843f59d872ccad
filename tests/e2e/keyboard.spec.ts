// The whole of it by keyboard alone. Nothing here may point: keys, and what has the focus.

import { beMember, choice, days, expect, freeDays, open, readyToBook, seeFocus, test, times, type Locator, type Page } from './support.ts'

/** Tab until it has the focus; no further than a patient person would. */
async function tabTo(page: Page, what: Locator) {
  for (let tabs = 0; tabs < 60; tabs++) {
    if (await what.evaluateAll((found) => found.includes(document.activeElement as HTMLElement))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no Tab leads to ${what}`)
}

/** Tab to it and press a key on it. */
async function use(page: Page, what: Locator, key = 'Enter') {
  await tabTo(page, what)
  await page.keyboard.press(key)
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const group = (page: Page) => page.getByRole('radiogroup', { name: 'Day' })

test('a member books and cancels by keyboard alone', async ({ page }) => {
  await open(page, '/')
  await use(page, page.getByRole('link', { name: 'Mobility coaching', exact: true }))
  await expect(heading(page, 'Mobility coaching')).toBeFocused()

  await test.step('one tab stop for the days, arrows inside', async () => {
    await expect(freeDays(page).first()).toBeVisible()
    const shown = group(page).getByRole('radio', { checked: true })
    await tabTo(page, shown)
    await expect(group(page).locator('[tabindex="0"]')).toHaveCount(1)
    const before = await shown.getAttribute('aria-label')
    await page.keyboard.press('ArrowRight')
    await expect(shown).not.toHaveAccessibleName(before ?? '')
    await expect(shown).toBeFocused()
    await page.keyboard.press('End')
    await expect(days(page).last()).toBeFocused()
    await page.keyboard.press('Home')
    await expect(days(page).first()).toBeFocused()
    for (let moved = 0; moved < 5; moved++) {
      const label = (await shown.getAttribute('aria-label')) ?? ''
      if (/ \d+ times?$/.test(label) && !(await shown.innerText()).includes('Today')) break
      await page.keyboard.press('ArrowRight')
      await expect(shown).not.toHaveAccessibleName(label)
    }
    await seeFocus(page)
  })

  await test.step('times are one radio group: Space chooses, arrows go on', async () => {
    await expect(times(page).nth(1)).toBeAttached()
    await use(page, times(page), 'Space')
    await expect(times(page).first()).toBeChecked()
    await page.keyboard.press('ArrowDown')
    await expect(times(page).nth(1)).toBeChecked()
    await expect(times(page).nth(1)).toBeFocused()
  })

  await test.step('sign in, and be back with the focus on the heading', async () => {
    await use(page, choice(page).getByRole('link', { name: /^Sign in to book/ }))
    await expect(heading(page, 'Sign in')).toBeFocused()
    await tabTo(page, page.getByLabel('Member number'))
    await page.keyboard.type('M-1001')
    await page.keyboard.press('Tab')
    // The order of day, month and year within the field is the browser's own, so it is filled as a whole.
    await page.getByLabel('Date of birth').fill('1990-04-12')
    await page.keyboard.press('Enter')
    await expect(heading(page, 'Mobility coaching')).toBeFocused()
  })

  await test.step('Book', async () => {
    await expect(choice(page).getByRole('button', { name: 'Book', exact: true })).toBeEnabled()
    await use(page, choice(page).getByRole('button', { name: 'Book', exact: true }))
    await expect(heading(page, 'Booked')).toBeFocused()
  })

  await test.step('My bookings, and cancelling', async () => {
    await use(page, page.getByRole('link', { name: 'See my bookings' }))
    await expect(heading(page, 'My bookings')).toBeFocused()
    await use(page, page.getByRole('region', { name: 'Upcoming' }).getByRole('link', { name: 'Mobility coaching' }))
    await expect(heading(page, 'Mobility coaching')).toBeFocused()
    const ask = page.getByRole('main').getByRole('button', { name: 'Cancel appointment' }).first()
    const dialog = page.getByRole('dialog')
    await use(page, ask)
    await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(ask).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog).toBeVisible()
    await use(page, dialog.getByRole('button', { name: 'Cancel appointment' }), 'Space')
    await expect(dialog).toBeHidden()
    await expect(page.getByText('Your appointment is cancelled.').first()).toBeVisible()
  })
})

// The button that asked is gone once it is cancelled, and nothing takes the focus (src/pages/one_booking.rs, detail).
test('a cancelled appointment leaves the focus somewhere', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Olga')
  await open(page, '/bookings')
  await use(page, page.getByRole('region', { name: 'Upcoming' }).getByRole('link').first())
  await use(page, page.getByRole('main').getByRole('button', { name: 'Cancel appointment' }).first())
  await use(page, page.getByRole('dialog').getByRole('button', { name: 'Cancel appointment' }), 'Space')
  await expect(page.getByText('Your appointment is cancelled.').first()).toBeVisible()
  await seeFocus(page)
})

// It does until Book fails: then the button makes way for a notice, and nothing takes the focus (src/pages/choice.rs, at).
test('the focus stays on Book, and goes to what is said when it fails', async ({ page, context, baseURL, studio }) => {
  await beMember(context, baseURL!, 'Nora')
  await readyToBook(page)
  await studio.quirks({ calls: [{ operation: 'book', times: 1, delayMillis: 800, status: 400 }] })
  await tabTo(page, choice(page).getByRole('button', { name: 'Book', exact: true }))
  await page.keyboard.press('Enter')
  await expect(choice(page).getByRole('button', { name: 'Booking…' })).toBeFocused()
  await expect(choice(page).getByRole('alert')).toBeVisible()
  await seeFocus(page)
})

test('arrows past the end of the strip go on in the days that come', async ({ page }) => {
  await open(page, '/services/1220000101')
  await expect(freeDays(page).first()).toBeVisible()
  await tabTo(page, group(page).getByRole('radio', { checked: true }))
  await page.keyboard.press('End')
  const last = await days(page).last().getAttribute('aria-label')
  await page.keyboard.press('ArrowRight')
  await expect(days(page).first()).toBeFocused()
  await expect(days(page).last()).not.toHaveAccessibleName(last ?? '')
  await page.keyboard.press('ArrowLeft')
  await expect(days(page).last()).toBeFocused()
  await expect(days(page).last()).toHaveAccessibleName(last ?? '')
})

test('the first Tab offers to skip to the content', async ({ page }) => {
  await open(page, '/')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeInViewport()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('searchbox')).toBeFocused()
})

// The pressed button leaves the page and nothing takes the focus (src/app.rs, Account).
test('signing out leaves the focus somewhere', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  await open(page, '/')
  await use(page, page.getByRole('button', { name: 'Sign out' }))
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
  await seeFocus(page)
})

// The pressed way on leaves the page and nothing takes the focus (src/pages/choice.rs, alternative).
test('a way on from a refusal keeps the focus in the bar', async ({ page, context, baseURL, studio }) => {
  await beMember(context, baseURL!, 'Nora')
  await studio.quirks({ validationStatus: 'STUDIO_CLOSED' })
  await open(page, '/services/1220000201')
  await expect(times(page).first()).toBeAttached()
  await use(page, times(page), 'Space')
  await expect(choice(page).getByRole('alert')).toBeVisible()
  await studio.quirks()
  await use(page, choice(page).getByRole('button', { name: /\d\d:\d\d$/ }))
  await expect(choice(page).getByRole('button', { name: 'Book', exact: true })).toBeEnabled()
  await seeFocus(page)
})
