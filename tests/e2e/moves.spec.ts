// A booking gets another time: what is moved is said all along, and what stands afterwards is told as it is.

import { anotherTime, answer, beMember, choice, chooseTime, expect, freeDays, movable, moveButton, open, press, readyToBook, bookButton, seeBooked, seeFocus, showDay, test, upcoming, type Page } from './support.ts'

test.beforeEach(({ context, baseURL }) => beMember(context, baseURL!, 'Nora'))

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const cancelIt = async (page: Page, which: string) => {
  await press(page.getByRole('button', { name: which }))
  await press(page.getByRole('dialog').getByRole('button', { name: 'Cancel appointment' }))
}

/** A training is booked; its other times are on the screen. */
async function otherTimes(page: Page) {
  await readyToBook(page)
  await press(bookButton(page))
  await seeBooked(page)
  await expect(await upcoming(page)).toHaveCount(1)
  await press(anotherTime(page))
  await expect(page.getByText(/^Instead of /)).toBeVisible()
}

async function chooseAnother(page: Page) {
  await otherTimes(page)
  await showDay(page, freeDays(page).nth(1))
  await chooseTime(page)
  await expect(moveButton(page)).toBeEnabled()
}

test('from My bookings to another time: one is booked afterwards, the new one', async ({ page }) => {
  await movable(page)
  await chooseAnother(page)
  const to = (await moveButton(page).innerText()).replace('Move to ', '')
  await press(moveButton(page))
  await expect(heading(page, 'Moved')).toBeFocused()
  await expect(page.getByText(/^Your old time, .*, is given up\.$/)).toBeVisible()
  await page.reload()
  await expect(heading(page, 'Moved')).toBeVisible()
  const left = await upcoming(page)
  await expect(left).toHaveCount(1)
  await expect(left).toContainText(to.split(', ')[1]!)
  await expect(page.getByRole('region', { name: 'Cancelled' }).getByRole('listitem')).toHaveCount(1)
})

test('what is being moved survives a reload, Back, and a change of mind', async ({ page }) => {
  await movable(page)
  await chooseAnother(page)
  await page.reload()
  await expect(page.getByText(/^Instead of /)).toBeVisible()
  await expect(moveButton(page)).toBeEnabled()
  await press(page.getByRole('link', { name: 'Your booking' }))
  await expect(heading(page, 'Personal training')).toBeFocused()
  await page.goBack()
  await expect(moveButton(page)).toBeEnabled()
  await expect(await upcoming(page)).toHaveCount(1)
})

for (const [which, said] of [['Cancel the old one', 'Moved'], ['Cancel the new one', 'Not moved']] as const) {
  test(`where both stand it is told, and "${which}" settles it`, async ({ page }) => {
    await movable(page, 'BOTH_STAND')
    await chooseAnother(page)
    await press(moveButton(page))
    await expect(heading(page, 'Both times are booked')).toBeVisible()
    await expect(page.getByRole('main').getByRole('alert')).toContainText("couldn't be cancelled")
    await page.reload()
    await cancelIt(page, which)
    await expect(heading(page, said)).toBeVisible()
    await seeFocus(page)
    await expect(await upcoming(page)).toHaveCount(1)
  })
}

test('a lost answer to a move is looked up, and nothing is sent twice', async ({ page }) => {
  await movable(page, 'LOST')
  await chooseAnother(page)
  const sent: string[] = []
  page.on('request', (request) => {
    if (/\/move$/.test(request.url())) sent.push(request.headers()['idempotency-key'] ?? 'no key')
  })
  await press(moveButton(page))
  await expect(heading(page, 'Moved')).toBeVisible()
  expect(sent).toHaveLength(1)
  expect(sent[0]).not.toBe('no key')
})

test('a refused move says why, and that the old time stays', async ({ page }) => {
  await movable(page)
  await chooseAnother(page)
  const refusal = { kind: 'REFUSED', retry: false, refusal: 'BOOKING_LIMIT_REACHED' }
  await answer(page, /\/bookings\/\d+\/move$/, 422, refusal)
  await press(moveButton(page))
  await expect(choice(page).getByRole('alert')).toContainText("You've reached the number you can book.")
  await expect(choice(page).getByText(/^Your old time, .*, stays booked\.$/)).toBeVisible()
  await expect(await upcoming(page)).toHaveCount(1)
})

test('what is over leads to the times of the same once more, and is not moved', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Henry')
  await movable(page)
  await upcoming(page)
  await press(page.getByRole('button', { name: /^Book again/ }).first())
  await expect(page).toHaveURL(/\/services\/1220000101$/)
  await expect(page.getByText(/^Instead of /)).toHaveCount(0)
})

test('where nobody knows which service it was of, that is said, with the focus on it', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Henry')
  await answer(page, /\/bookings\/\d+\/service$/, 404, { kind: 'NOT_FOUND', retry: false })
  await upcoming(page)
  await press(page.getByRole('button', { name: /^Book again/ }).first())
  const notice = page.getByRole('main').getByRole('alert')
  await expect(notice).toContainText("We can't tell which appointment this was.")
  await expect(notice).toBeFocused()
  await expect(notice.getByRole('link', { name: 'See all appointments' })).toBeVisible()
  await open(page, '/bookings')
})
