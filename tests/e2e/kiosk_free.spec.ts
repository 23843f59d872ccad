// What whoever walks in sees: what is free today, never older than a minute, whatever the network, the night or a sleep do to it.

import {
  asks, book, card, choice, expect, offer, offers, passes, press, seeSignedIn, scan, HAS, start, test, unreachable, type Page,
} from './kiosk.ts'
import { freeAs, freeNever, midnight } from './kiosk_told.ts'
import { beMember, bookButton, open, seeBooked } from './support.ts'

const under = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true }).getByRole('link')
const SOON = 'Free in the next hour'
const LATER = 'Free later today'

// That a call is lost is what some of these are about.
test.use({ expectedErrors: [/\/kiosk\/free\)$/] })

test('from what is free to booked: two taps and a card', async ({ page }) => {
  let taps = 0
  await page.exposeFunction('tapped', () => taps++)
  await page.addInitScript(() => addEventListener('pointerdown', () => (window as any).tapped(), true))
  await start(page)
  const next = offer(page, 'Body scan')
  const time = (await next.innerText()).slice(0, 5)
  await press(next)
  await expect(choice(page)).toContainText(time)
  await expect(choice(page)).toContainText('Body scan')
  await scan(page, HAS.Nora.card)
  await seeSignedIn(page, 'Nora')
  await expect(choice(page)).toContainText(time)
  await book(page)
  await expect(page.getByRole('main')).toContainText(time)
  expect(taps).toBe(2)
})

test('what begins within the hour stands by itself, the soonest first', async ({ page }) => {
  await freeAs(page, [
    ['Long after', 200],
    ['At the hour', 60],
    ['Just after the hour', 61],
    ['At once', 3],
  ])
  await start(page)
  await expect(under(page, SOON)).toHaveText([/At once/, /At the hour/])
  await expect(under(page, LATER)).toHaveText([/Just after the hour/, /Long after/])
})

test('a time that begins goes by itself, and the next of the same comes up', async ({ page }) => {
  const free = await freeAs(page, [['Floating', 0.5, 45], ['Body scan', 2]])
  await start(page)
  const first = await offer(page, 'Floating').innerText()
  free.never()
  await passes(page, 40)
  await expect(offer(page, 'Floating')).not.toHaveText(first)
  await expect(offer(page, 'Body scan')).toBeVisible()
})

test('what somebody booked elsewhere is not offered any more, within a minute', async ({ page, browser, baseURL }) => {
  await start(page)
  const address = await offer(page, 'Body scan').getAttribute('href')
  const phone = await browser.newContext({ baseURL })
  await beMember(phone, baseURL!, 'Paul')
  const elsewhere = await phone.newPage()
  await open(elsewhere, address!)
  await press(bookButton(elsewhere))
  await seeBooked(elsewhere)
  await phone.close()
  // What the proxy says is of its own clock, and what the page shows of the tablet's.
  const said = async () => JSON.stringify(await (await page.request.get('/kiosk/free')).json())
  const starts = new URL(address!, baseURL).searchParams.get('start')!
  await expect.poll(said, { timeout: 45_000 }).not.toContain(`"Body scan","duration":15,"slots":[{"startDateTime":"${starts}"`)
  await passes(page, 15)
  await expect(page.locator(`a[href="${address}"]`)).toHaveCount(0)
  await expect(offer(page, 'Floating')).toBeVisible()
})

for (const away of ['network', 'proxy'] as const) {
  test(`without the ${away} it says so before a minute is over, and recovers alone`, async ({ page, context }) => {
    await start(page)
    await expect(offers(page).first()).toBeVisible()
    const back = away === 'network' ? await withoutNetwork(page) : await withoutProxy(page)
    await passes(page, 60)
    await expect(offers(page)).toHaveCount(0)
    await expect(unreachable(page)).toBeVisible()
    await expect(page.getByText('Please ask at the desk.').first()).toBeVisible()
    await back()
    await passes(page, 5)
    await expect(offers(page).first()).toBeVisible()
    await expect(unreachable(page)).toBeHidden()
    expect(await context.cookies()).toEqual([expect.objectContaining({ name: 'frontdesk-kiosk' })])
  })
}

async function withoutNetwork(page: Page) {
  await page.context().setOffline(true)
  return () => page.context().setOffline(false)
}

async function withoutProxy(page: Page) {
  const refuse = /^http/
  await page.route(refuse, (route) => route.abort('connectionrefused'))
  return () => page.unroute(refuse)
}

test('an answer that never comes is none', async ({ page }) => {
  await start(page)
  await freeNever(page, 'hold')
  await page.clock.runFor(61_000)
  await expect(unreachable(page)).toBeVisible()
  await expect(offers(page)).toHaveCount(0)
})

test('where it is away from the start it says so, and what is free is there as soon as it is back', async ({ page }) => {
  await freeNever(page)
  await start(page)
  await expect(unreachable(page)).toBeVisible()
  await page.unroute('**/kiosk/free')
  await passes(page, 5)
  await expect(offers(page).first()).toBeVisible()
})

test('at midnight nothing of yesterday is left, and the new day comes by itself', async ({ page }) => {
  const before = midnight() - 20_000
  const free = await freeAs(page, [['Night float', 0.25, 0.5]], before)
  await start(page, '/', before)
  await expect(offers(page)).toHaveText([/^23:59/])
  free.never()
  await passes(page, 30)
  await expect(offers(page)).toHaveCount(0)
  free.now([['Early scan', 30]], midnight() + 10_000)
  await passes(page, 15)
  await expect(offers(page)).toHaveText([/^00:30\s*Early scan/])
  await expect(page.getByText('Nothing more is free today')).toBeHidden()
})

test('after days of sleep nothing of then is shown, before anything was answered', async ({ page }) => {
  await start(page)
  await expect(offers(page).first()).toBeVisible()
  const release = await freeNever(page, 'hold')
  await page.clock.fastForward(72 * 3_600_000)
  await expect(offers(page)).toHaveCount(0)
  await expect(unreachable(page)).toBeVisible()
  await expect(asks(page)).toBeHidden()
  await release()
  await expect(offers(page).first()).toBeVisible()
})

test('a tablet whose clock is a day wrong shows what is free', async ({ page }) => {
  for (const hours of [-24, 24]) {
    await page.clock.install({ time: Date.now() + hours * 3_600_000 })
    await open(page, '/')
    await expect(offers(page).first()).toBeVisible()
  }
})

