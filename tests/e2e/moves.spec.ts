// A booking gets another time: what is moved is said all along, and what stands afterwards is told as it is.

import { anotherTime, answer, beMember, bookButton, choice, chooseTime, expect, freeDays, loseMoves, moveButton, open, openService, press, readyToBook, seeBooked, seeFocus, showDay, test, upcoming, watchMoves, type Page } from './support.ts'

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
  test(`where both stand it is told, and "${which}" settles it`, async ({ page, studio }) => {
    await chooseAnother(page)
    await studio.quirks({ calls: [{ operation: 'deleteBooking', status: 400, times: 1 }] })
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
  await chooseAnother(page)
  await loseMoves(page)
  const sent = watchMoves(page)
  await press(moveButton(page))
  await expect(heading(page, 'Moved')).toBeVisible()
  expect(sent).toHaveLength(1)
  expect(sent[0]).not.toBe('no key')
})

test('a new time that somebody else has just taken: it says so, and that the old one stays', async ({ page, browser, baseURL }) => {
  await chooseAnother(page)
  const other = await browser.newContext({ baseURL: baseURL! })
  await beMember(other, baseURL!, 'Emil')
  const theirs = await other.newPage()
  await openService(theirs, 'Personal training')
  await showDay(theirs, freeDays(theirs).nth(1))
  await chooseTime(theirs)
  await press(bookButton(theirs))
  await seeBooked(theirs)
  await press(moveButton(page))
  await expect(choice(page).getByRole('alert')).toContainText('Just taken: trainer or room is busy then.')
  await expect(choice(page).getByText(/^Your old time, .*, stays booked\.$/)).toBeVisible()
  await expect(await upcoming(page)).toHaveCount(1)
  await other.close()
})

test('a step that the studio loses the answer to is looked up, and the move goes on', async ({ page, studio }) => {
  await chooseAnother(page)
  const lost = (operation: string) => ({ operation, loseAnswer: true, times: 1 })
  await studio.quirks({ calls: [lost('book'), lost('deleteBooking')] })
  await press(moveButton(page))
  await expect(heading(page, 'Moved')).toBeVisible()
  await expect(await upcoming(page)).toHaveCount(1)
})

test('what is over leads to the times of the same once more, and is not moved', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Henry')
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
