// What fails is said in words, with what was not done and one way on; no code, no blank screen.

import { answer, beMember, card, choice, chooseTime, expect, freeDays, open, openService, press, seeFocus, showDay, test, times, upcoming, type Page } from './support.ts'

const alert = (page: Page) => page.getByRole('main').getByRole('alert')

test('a catalogue that cannot be loaded at first says so, and is loaded by one tap', async ({ page }) => {
  await answer(page, /\/appointments\/bookable(\?|$)/, 503, { kind: 'BUSY', retry: true, traceId: 'a1b2c3' })
  await open(page, '/sign-in?next=/')
  await press(page.getByRole('link', { name: 'Appointments', exact: true }))
  await expect(alert(page)).toContainText("The studio's system is busy. Nothing was changed.")
  await expect(page.getByText('a1b2c3')).toBeHidden()
  await press(page.getByText('Details'))
  await expect(page.getByText('a1b2c3')).toBeVisible()
  await page.unrouteAll()
  await press(page.getByRole('button', { name: 'Try again' }))
  await expect(card(page, 'Body scan')).toBeVisible()
  await expect(alert(page)).toHaveCount(0)
  await seeFocus(page)
})

test('a cancellation that the studio refuses is not said to be done, and the booking stands', async ({ page, context, baseURL, studio }) => {
  await beMember(context, baseURL!, 'Olga')
  await press((await upcoming(page)).first().getByRole('link'))
  await studio.quirks({ calls: [{ operation: 'deleteBooking', status: 400 }] })
  await press(page.getByRole('button', { name: 'Cancel appointment' }))
  await press(page.getByRole('dialog').getByRole('button', { name: 'Cancel appointment' }))
  await expect(alert(page)).toContainText('It was not cancelled. Your appointment still stands.')
  await expect(alert(page).getByRole('link', { name: 'Contact the studio' })).toBeVisible()
  await expect(page.getByText('Your appointment is cancelled.')).toHaveCount(0)
  await seeFocus(page)
  await expect(await upcoming(page)).toHaveCount(1)
})

for (const status of [401, 403]) {
  test(`a key that the studio refuses (${status}): online booking is switched off`, async ({ page, context, baseURL, studio }) => {
    await beMember(context, baseURL!, 'Nora')

    await test.step('where times are read', async () => {
      await studio.quirks({ calls: [{ operation: 'listSlots', status }] })
      await openService(page, 'Body scan')
      await expect(alert(page)).toContainText('Online booking is switched off. Nothing was changed. Please contact the studio.')
      await expect(page.getByRole('main')).not.toContainText(String(status))
      await expect(page.getByRole('contentinfo', { name: 'Help' }).getByRole('link').first()).toBeVisible()
    })

    await test.step('where a time is checked', async () => {
      await studio.quirks({ calls: [{ operation: 'validateBooking', status }] })
      await openService(page, 'Body scan')
      await showDay(page, freeDays(page).first())
      await chooseTime(page)
      await expect(choice(page).getByRole('alert')).toContainText('Online booking is switched off.')
      await expect(times(page).first()).toBeChecked()
    })
  })
}

test('a day without a time offers the next free one in one tap', async ({ page }) => {
  // Bookable eight days ahead at the soonest.
  await openService(page, 'Lactate test')
  await expect(page.getByText('No free times on this day.')).toBeVisible()
  await press(page.getByRole('button', { name: /^Next free: \w+ \d+ \w+, \d\d:\d\d$/ }))
  await expect(times(page).first()).toBeAttached()
  await expect(page.getByText('No free times on this day.')).toHaveCount(0)
  await seeFocus(page)
})

test('a time that nobody can read is left out, and that is said', async ({ page, studio }) => {
  await studio.quirks({ unreadableSlot: true })
  await openService(page, 'Body scan')
  await showDay(page, freeDays(page).first())
  await expect(times(page).first()).toBeAttached()
  await expect(page.getByText(/^(1 time|\d+ times) couldn't be read\. Ask the studio about more\.$/)).toBeVisible()
})
