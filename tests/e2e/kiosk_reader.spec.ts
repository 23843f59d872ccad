// A reader that types: wherever the focus is, for whoever is there; a person's typing is not one, and a number is nowhere to be seen.

import {
  asks, bookButton, choice, chooseOf, expect, firstBooking, HAS, heading, keyIn, key, offer, openSignIn, passes, press,
  refused, scan, seeSignedIn, signInAs, start, test, typeByHand, type Page,
} from './kiosk.ts'
import { cookie, scans, watchFor, whose } from './kiosk_watch.ts'
import { times } from './support.ts'

const UNKNOWN = "We don't recognise that. Try it again, or ask at the desk."

/** Where the focus may be, and what leads there. */
const FOCUSED: Record<string, (page: Page) => Promise<unknown>> = {
  'on nothing': (page) => page.evaluate(() => (document.activeElement as HTMLElement)?.blur()),
  'on a button': (page) => page.getByRole('banner').getByRole('button', { name: /^Larger text/ }).focus(),
  'on a link': (page) => page.getByRole('main').getByRole('link').first().focus(),
  'on a time': async (page) => {
    await chooseOf(page, 'Body scan')
    await times(page).first().focus()
  },
  'on one of our keys': async (page) => {
    await openSignIn(page)
    await key(page, '5').focus()
  },
  'in a question that is asked': async (page) => {
    await press(offer(page, 'Body scan'))
    await passes(page, 61)
    await expect(asks(page)).toBeVisible()
  },
}

for (const [where, focus] of Object.entries(FOCUSED)) {
  test(`with the focus ${where}, a card signs in, and presses nothing`, async ({ page }) => {
    await start(page)
    await focus(page)
    const before = page.url()
    await scan(page, HAS.Nora.card)
    await seeSignedIn(page, 'Nora')
    await expect(page.getByRole('banner').getByRole('button', { name: /^Larger text/ })).toBeVisible()
    await expect(asks(page)).toBeHidden()
    if (!before.includes('/sign-in')) expect(page.url()).toBe(before)
  })
}

test('a card beside a cancellation that is asked about cancels nothing, and is the next one', async ({ page }) => {
  await start(page)
  await signInAs(page, 'Henry')
  await firstBooking(page)
  await press(page.getByRole('button', { name: 'Cancel appointment' }))
  await expect(page.getByRole('dialog')).toBeVisible()
  const cancelled: string[] = []
  page.on('request', (request) => request.method() === 'DELETE' && cancelled.push(new URL(request.url()).pathname))
  await scan(page, HAS.Paul.card)
  await seeSignedIn(page, 'Paul')
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(cancelled).toEqual(['/session'])
})

test('a barcode with letters signs in', async ({ page }) => {
  await start(page)
  await scan(page, HAS.Nora.barcode)
  await seeSignedIn(page, 'Nora')
})

for (const apart of [60, 120]) {
  test(`a person who types ${apart} ms apart is no reader`, async ({ page }) => {
    const sent = scans(page)
    await start(page)
    await typeByHand(page, HAS.Nora.card, apart)
    await passes(page, 2)
    await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in', exact: true })).toBeVisible()
    expect(sent).toEqual([])
    // With the same keys, and what is read by now is whole.
    await scan(page, HAS.Nora.card)
    await seeSignedIn(page, 'Nora')
    expect(sent).toHaveLength(1)
  })
}

test('what a reader reads is never on the screen, nor in an address', async ({ page, context }) => {
  const seen = await watchFor(page, [HAS.Nora.card, HAS.Nora.barcode, HAS.Paul.card, 'SB9999'])
  const addresses: string[] = []
  context.on('request', (request) => addresses.push(request.url()))
  page.on('framenavigated', (frame) => addresses.push(frame.url()))
  const sent = scans(page)
  await start(page)
  await scan(page, HAS.Nora.card)
  await seeSignedIn(page, 'Nora')
  await scan(page, HAS.Paul.card)
  await seeSignedIn(page, 'Paul')
  await scan(page, 'SB9999')
  await expect(refused(page)).toContainText(UNKNOWN)
  await scan(page, HAS.Nora.barcode)
  await seeSignedIn(page, 'Nora')
  expect(sent).toHaveLength(4)
  expect(seen).toEqual([])
  expect(addresses.filter((address) => /5200000|SB1200|SB9999/.test(address))).toEqual([])
  expect(addresses.length).toBeGreaterThan(4)
})

test('a watch for what is on the screen sees what is typed by hand', async ({ page }) => {
  const seen = await watchFor(page, ['M-10'])
  await start(page)
  await openSignIn(page)
  await keyIn(page, 'M-10')
  await expect.poll(() => seen).toContain('M-10')
})

test("a card ends another's session before anything is known of its own", async ({ page, context, baseURL }) => {
  await start(page)
  await signInAs(page, 'Nora')
  await chooseOf(page, 'Body scan')
  await expect(bookButton(page)).toBeEnabled()
  const noras = (await cookie(context, 'frontdesk'))!
  expect(await whose(context, baseURL!, noras)).toBe('Nora')
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/session/kiosk', (route) => held.then(() => route.continue()))
  await scan(page, HAS.Paul.card)
  await expect(page.getByText('Nora')).toHaveCount(0)
  await expect(page.getByText('One moment').first()).toBeVisible()
  await expect(choice(page)).toBeHidden()
  expect(await whose(context, baseURL!, noras)).toBeUndefined()
  release()
  await seeSignedIn(page, 'Paul')
})

test('a card that nobody knows signs the one before out as well', async ({ page, context, baseURL }) => {
  await start(page)
  await signInAs(page, 'Nora')
  const noras = (await cookie(context, 'frontdesk'))!
  await scan(page, '5299999999')
  await expect(refused(page)).toContainText(UNKNOWN)
  await expect(page.getByText('Nora')).toHaveCount(0)
  expect(await whose(context, baseURL!, noras)).toBeUndefined()
  expect(await cookie(context, 'frontdesk')).toBeUndefined()
})

test('whatever was wrong, the same is said', async ({ page }) => {
  await start(page)
  await openSignIn(page)
  const said = []
  for (const wrong of ['5299999999', 'SB77', 'M-1001']) {
    await scan(page, wrong)
    await expect(refused(page)).toBeVisible()
    said.push(await refused(page).innerText())
  }
  for (const [number, pin] of [['M-1001', '0000'], ['M-4711', '7919'], ['5200000001', '7919']] as const) {
    await openSignIn(page)
    await keyIn(page, number)
    await press(key(page, 'Next'))
    await keyIn(page, pin)
    await press(key(page, 'Sign in'))
    await expect(refused(page)).toBeVisible()
    said.push(await refused(page).innerText())
  }
  expect(new Set(said).size, said.join('\n')).toBe(1)
  expect(said[0]).toContain(UNKNOWN)
})

test('after too many the kiosk waits, and says until when', async ({ page, baseURL }) => {
  await start(page)
  for (let tries = 0; tries < 10; tries++) {
    const data = { scan: `530000000${tries}` }
    const answer = await page.request.post('/session/kiosk', { data, headers: { Origin: baseURL! } })
    expect(answer.status()).toBe(401)
  }
  await scan(page, HAS.Nora.card)
  await expect(refused(page)).toContainText('That was tried too often. You are not signed in.')
  await expect(refused(page)).toContainText(/Try again in (a minute|\d+ minutes)\./)
  await expect(refused(page)).not.toContainText(/429|TOO_MANY/)
})

test('a key that is held down is no card', async ({ page }) => {
  const sent = scans(page)
  await start(page)
  for (let held = 0; held < 80; held++) await page.keyboard.down('7')
  await page.keyboard.press('Enter')
  await scan(page, '12')
  await passes(page, 1)
  expect(sent).toEqual([])
  await expect(heading(page, 'Book an appointment')).toBeVisible()
})
