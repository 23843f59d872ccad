// Two want the same time, or one wants it twice: it is booked once, and nobody is left guessing.

import type { Browser } from '@playwright/test'
import { beMember, bookButton, choice, chooseTime, expect, freeDays, open, openService, press, readyToBook, seeBooked, showDay, test, times, upcoming, watchBookCalls } from './support.ts'

const TAKEN = 'Just taken: trainer or room is busy then.'

// The upstream's 409 names no reason, and the flow says that of NOT_AVAILABLE (crates/booking/src/flow/attempt.rs).
test('of two members who press Book at once one has it, and the other is offered the nearest times', async ({ page, context, browser, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  const other = await browser.newContext({ baseURL, hasTouch: true, viewport: { width: 390, height: 844 } })
  await beMember(other, baseURL!, 'Emil')
  const theirs = await other.newPage()
  for (const each of [page, theirs]) await readyToBook(each, 'Body scan')
  await Promise.all([page, theirs].map((each) => press(bookButton(each))))

  const end = (each: typeof page) =>
    each.getByRole('heading', { level: 1, name: 'Booked', exact: true }).or(choice(each).getByRole('alert'))
  for (const each of [page, theirs]) await expect(end(each).first()).toBeVisible()
  const booked = await Promise.all(
    [page, theirs].map((each) => each.getByRole('heading', { level: 1, name: 'Booked', exact: true }).count()),
  )
  expect(booked.reduce((all, one) => all + one, 0)).toBe(1)

  const loser = booked[0] ? theirs : page
  await expect(choice(loser).getByRole('alert')).toContainText(TAKEN)
  await press(choice(loser).getByRole('button', { name: /\d\d:\d\d$/ }).first())
  await press(bookButton(loser))
  await seeBooked(loser)
  await other.close()
})

test('two taps on Book are one booking', async ({ page, context, baseURL, studio }) => {
  await beMember(context, baseURL!, 'Nora')
  const calls = watchBookCalls(page)
  await readyToBook(page, 'Body scan')
  await studio.quirks({ calls: [{ operation: 'book', times: 1, delayMillis: 700 }] })
  await bookButton(page).evaluate((button: HTMLElement) => (button.click(), button.click(), button.click()))
  await seeBooked(page)
  expect(calls).toHaveLength(1)
  await expect((await upcoming(page)).filter({ hasText: 'Body scan' })).toHaveCount(1)
})

test('a time taken after it was chosen is said to be, and replaced in one tap', async ({ page, context, browser, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  await readyToBook(page, 'Body scan')
  await somebodyElseBooks(browser, baseURL!)

  await press(bookButton(page))
  await expect(choice(page).getByRole('alert')).toContainText(TAKEN)
  await press(choice(page).getByRole('button', { name: /\d\d:\d\d$/ }).first())
  await press(bookButton(page))
  await seeBooked(page)
})

// Lists read afresh do not have the time any more, and only listed ones are struck out (src/pages/times.rs).
test('the lost time stays in its place, struck out', async ({ page, context, browser, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  const time = await readyToBook(page, 'Body scan')
  await somebodyElseBooks(browser, baseURL!)
  await press(bookButton(page))
  await expect(page.getByRole('radio', { name: new RegExp(`^${time.slice(0, 5)}.*just taken`) })).toBeDisabled()
})

/** Emil books the same first free time. */
async function somebodyElseBooks(browser: Browser, baseURL: string) {
  const other = await browser.newContext({ baseURL })
  await beMember(other, baseURL, 'Emil')
  const theirs = await other.newPage()
  await readyToBook(theirs, 'Body scan')
  await press(bookButton(theirs))
  await seeBooked(theirs)
  await other.close()
}

test('a second tab of the same member learns what the first has booked', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  await readyToBook(page, 'Body scan')
  const second = await context.newPage()
  await openService(second, 'Body scan')
  await showDay(second, freeDays(second).first())
  await chooseTime(second, times(second).first())
  await expect(bookButton(second)).toBeEnabled()
  await press(bookButton(page))
  await seeBooked(page)
  await press(bookButton(second))
  await expect(choice(second).getByRole('alert')).toBeVisible()
  await expect(choice(second).getByText(/Just taken|You already have/).first()).toBeVisible()
  await expect((await upcoming(page)).filter({ hasText: 'Body scan' })).toHaveCount(1)
})
