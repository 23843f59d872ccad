// The proxy is away when a visit ends: nothing of the member is on the screen, it says whom to ask, and the session ends by itself as
// soon as there is somebody to end it.

import {
  bookButton, chooseOf, doneButton, expect, HAS, mark, isMarked, offers, passes, press, scan, seeLeft, seeSignedIn, signInAs,
  start, takeAway, test, unreachable, type Page,
} from './kiosk.ts'
import { cookie, whose } from './kiosk_watch.ts'

// Calls that are lost are what these are about.
test.use({ expectedErrors: [/ERR_(CONNECTION_REFUSED|INTERNET_DISCONNECTED|FAILED)|404 .*\/kiosk\/(free|qr\.svg.*)\)$/] })

/** Nothing is reached any more; gives the way back. */
const AWAY: Record<string, (page: Page) => Promise<() => Promise<unknown>>> = {
  proxy: async (page) => {
    await page.route(/^http/, (route) => route.abort('connectionrefused'))
    return () => page.unroute(/^http/)
  },
  network: async (page) => {
    await page.context().setOffline(true)
    return () => page.context().setOffline(false)
  },
  answer: async (page) => {
    const busy = { status: 503, json: { kind: 'BUSY', retry: true } }
    await page.route('**/session', (route) => (route.request().method() === 'DELETE' ? route.fulfill(busy) : route.fallback()))
    return () => page.unroute('**/session')
  },
}

for (const [what, away] of Object.entries(AWAY)) {
  test(`without the ${what} a visit ends on the screen at once, and at the server when it is back`, async ({ page, context, baseURL }) => {
    await start(page)
    await signInAs(page, 'Nora')
    await chooseOf(page, 'Body scan')
    await expect(bookButton(page)).toBeEnabled()
    const session = (await cookie(context, 'frontdesk'))!
    const back = await away(page)
    await mark(page)
    await press(doneButton(page))
    await expect(page.getByText('Nora')).toHaveCount(0)
    await expect(page.getByText('Body scan')).toHaveCount(0)
    await expect(page.getByText('Please ask at the desk.').first()).toBeVisible()
    await passes(page, 30)
    expect(await isMarked(page), 'still there, as a page of errors would stay').toBe(true)
    await expect(page.getByText('Nora')).toHaveCount(0)
    expect(await whose(context, baseURL!, session)).toBe('Nora')
    await back()
    await passes(page, 20)
    await seeLeft(page)
    expect(await whose(context, baseURL!, session)).toBeUndefined()
    await expect(offers(page).first()).toBeVisible()
  })
}

test('until then nobody is signed in by a card, and afterwards they are', async ({ page, context, baseURL }) => {
  await start(page)
  await signInAs(page, 'Nora')
  const session = (await cookie(context, 'frontdesk'))!
  const back = await AWAY.proxy!(page)
  await mark(page)
  await press(doneButton(page))
  await scan(page, HAS.Paul.card)
  await passes(page, 10)
  await expect(unreachable(page)).toBeVisible()
  await expect(page.getByText('Paul')).toHaveCount(0)
  await back()
  await passes(page, 15)
  await seeLeft(page)
  expect(await whose(context, baseURL!, session)).toBeUndefined()
  await scan(page, HAS.Paul.card)
  await seeSignedIn(page, 'Paul')
})

test('a visit that nobody ends while the proxy is away is put away all the same', async ({ page, context, baseURL }) => {
  await start(page)
  await signInAs(page, 'Nora')
  const session = (await cookie(context, 'frontdesk'))!
  const back = await AWAY.network!(page)
  await mark(page)
  await passes(page, 85)
  await expect(page.getByText('Nora')).toHaveCount(0)
  await expect(unreachable(page)).toBeVisible()
  await back()
  await passes(page, 15)
  await seeLeft(page)
  expect(await whose(context, baseURL!, session)).toBeUndefined()
})

test('a card beside another’s session while the proxy is away: neither is on the screen', async ({ page }) => {
  await start(page)
  await signInAs(page, 'Nora')
  const back = await AWAY.proxy!(page)
  await scan(page, HAS.Paul.card)
  await expect(page.getByText('Nora')).toHaveCount(0)
  await passes(page, 5)
  await expect(page.getByText('Nora')).toHaveCount(0)
  await expect(page.getByText('Paul')).toHaveCount(0)
  await back()
  // That a card was not taken is no news to the next: the screen begins anew.
  await mark(page)
  await passes(page, 20)
  await seeLeft(page)
  await scan(page, HAS.Paul.card)
  await seeSignedIn(page, 'Paul')
})

test('a kiosk that staff take away signs out whoever is there, and offers nothing any more', async ({ page, context, baseURL, kiosk }) => {
  await start(page)
  await signInAs(page, 'Nora')
  const session = (await cookie(context, 'frontdesk'))!
  expect(await whose(context, baseURL!, session)).toBe('Nora')
  takeAway(kiosk)
  expect(await whose(context, baseURL!, session)).toBeUndefined()
  await passes(page, 62)
  await expect(offers(page)).toHaveCount(0)
  await expect(unreachable(page)).toBeVisible()
  await mark(page)
  await passes(page, 30)
  await expect.poll(() => isMarked(page).catch(() => true)).toBe(false)
  await expect(page.getByText('Nora')).toHaveCount(0)
  // A browser like any other.
  await expect(page.getByRole('link', { name: 'My bookings' }).first()).toBeVisible()
  await expect(page.getByText('Hold your card')).toHaveCount(0)
})
