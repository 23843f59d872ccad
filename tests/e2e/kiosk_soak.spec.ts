// Members, one after the other, on one device: what is held at the end is what was held at the beginning. Twenty of them, or as many as
// KIOSK_MEMBERS says; it prints what it measured. And how long each touch takes to be answered, on a slow device.

import {
  book, chooseOf, doneButton, expect, HAS, heading, keyIn, key, mark, press, passes, scan, seeLeft, seeSignedIn, start, test,
  type Member, type Page,
} from './kiosk.ts'
import { Memory } from './kiosk_memory.ts'
import { choice, freeDays, showDay, times } from './support.ts'

const MEMBERS = Number(process.env.KIOSK_MEMBERS ?? 20)
/** Between two measurements. */
const EVERY = Math.max(Math.min(20, Math.floor(MEMBERS / 4)), 1)

test.setTimeout(60_000 + MEMBERS * 15_000)

/** Every third looks at their bookings, every third chooses a time and lets it be; one of them forgets to say that they are done. */
async function aVisit(page: Page, nth: number) {
  const member = (['Nora', 'Paul', 'Olga', 'Henry'] as Member[])[nth % 4]!
  await scan(page, nth % 2 ? HAS[member].card : HAS[member].barcode)
  await seeSignedIn(page, member)
  if (nth % 3 === 0) {
    await press(page.getByRole('banner').getByRole('link', { name: 'My bookings' }))
    await expect(heading(page, 'My bookings')).toBeVisible()
  } else {
    await chooseOf(page, 'Body scan')
    await expect(choice(page)).toBeVisible()
  }
  await mark(page)
  if (nth % 5 === 4) await passes(page, 81)
  else await press(doneButton(page))
  await seeLeft(page)
}

test(`${MEMBERS} members one after the other leave no more than the first did`, async ({ page }) => {
  await start(page)
  const memory = await Memory.of(page)
  const measured: { members: number; heap: number; nodes: number; listeners: number; documents: number; app: number }[] = []
  const measure = async (members: number) =>
    void measured.push({ members, ...(await memory.sizes()), app: await memory.appBytes() })
  // The first few fill what is kept for all of them.
  for (let nth = 0; nth < 3; nth++) await aVisit(page, nth)
  await measure(3)
  for (let nth = 3; nth < MEMBERS; nth++) {
    await aVisit(page, nth)
    if ((nth + 1) % EVERY === 0 || nth + 1 === MEMBERS) await measure(nth + 1)
  }
  console.table(measured)
  const [first, last] = [measured[0]!, measured.at(-1)!]
  for (const what of ['heap', 'listeners', 'app'] as const) expect(last[what], what).toBeLessThanOrEqual(first[what] * 1.1)
  // A browser holds the pictures of the page before now and then, and of none before that: no more than a page in all.
  for (const what of ['nodes', 'documents'] as const) expect(last[what], what).toBeLessThanOrEqual(first[what] * 2)
  await memory.close()
})

/** Prints, and asserts nothing about time: nothing for the suites. */
async function touches({ page }: { page: Page }) {
  await page.addInitScript(() => {
    const all: object[] = []
    Object.assign(window, { touches: all })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as any[]) {
        if (!entry.interactionId) continue
        const { name, duration, processingStart, processingEnd, startTime } = entry
        const [waited, worked] = [processingStart - startTime, processingEnd - processingStart].map(Math.round)
        all.push({ name, on: entry.target?.textContent?.trim().slice(0, 24) ?? '', duration, waited, worked })
      }
    }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as object)
  })
  // By the clock of the wall: a stopped one would measure nothing.
  await page.goto('/')
  await expect(heading(page, 'Book an appointment')).toBeVisible()
  await page.waitForLoadState('networkidle')
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const service = page.getByRole('heading', { level: 3, name: 'Body scan', exact: true }).getByRole('link')
  // A kiosk stands there until somebody comes: what the device does about being slow, and about the scroll, is no part of a touch.
  await service.scrollIntoViewIfNeeded()
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)))
  await press(service)
  await expect(heading(page, 'Body scan')).toBeVisible()
  await showDay(page, freeDays(page).first())
  await showDay(page, freeDays(page).nth(1))
  await press(times(page).first())
  await press(choice(page).getByRole('link', { name: /^Sign in to book/ }))
  await expect(heading(page, 'Who are you?')).toBeVisible()
  await keyIn(page, HAS.Nora.number)
  await press(key(page, 'Next'))
  await keyIn(page, HAS.Nora.pin)
  await press(key(page, 'Sign in'))
  await seeSignedIn(page, 'Nora')
  await book(page)
  const taken = await page.evaluate(() => (window as any).touches)
  await press(doneButton(page))
  await expect(page.getByText('Nora')).toHaveCount(0)
  console.table(taken)
  expect(taken.length).toBeGreaterThan(3)
}

if (process.env.KIOSK_MEMBERS) test('a booking on a device a quarter as fast: how long each touch takes to be answered', touches)
