// After a visit nothing of the member is left: not on the screen, in storage, in memory, in the history, in the browser's cache, and no
// session at the server. However it ends.

import {
  book, chooseOf, doneButton, expect, firstBooking, HAS, heading, key, keyIn, leave, mark, passes, press, scan, seeLeft,
  seeSignedIn, signInAs, start, test, type Page,
} from './kiosk.ts'
import { cookie, whose } from './kiosk_watch.ts'
import { cached, kept, Memory } from './kiosk_memory.ts'

// Asked for what it has kept, a browser that has kept nothing writes so.
test.use({ expectedErrors: [/ERR_CACHE_MISS|404 .*\/nowhere\)$/] })

/** Every answer of ours that a page got, by its address, with what the browser may do with it. */
function answers(page: Page) {
  const all = new Map<string, { keeps: string; type: string }>()
  page.on('response', (response) => {
    const type = response.request().resourceType()
    all.set(response.url(), { keeps: response.headers()['cache-control'] ?? '', type })
  })
  return all
}

/** A member's visit up to what was booked: number and PIN on our keys, a booking, looked at once more. What only they have. */
async function visit(page: Page) {
  await press(page.getByRole('banner').getByRole('link', { name: 'Sign in' }))
  await keyIn(page, HAS.Nora.number)
  await press(key(page, 'Next'))
  await keyIn(page, HAS.Nora.pin)
  await press(key(page, 'Sign in'))
  await seeSignedIn(page, 'Nora')
  await chooseOf(page, 'Running analysis')
  const begins = new URL(page.url()).searchParams.get('start')!.slice(0, 16)
  await book(page)
  const id = /\/booked\/(\d+)/.exec(page.url())![1]!
  return { begins, id, words: ['Nora', HAS.Nora.number, id, begins] }
}

const ENDS: Record<string, (page: Page) => Promise<unknown>> = {
  "by “I'm done”": (page) => press(doneButton(page)),
  'by itself after a booking': (page) => passes(page, 16),
  'when nobody is there any more': async (page) => {
    await press(page.getByRole('main').getByRole('link', { name: 'My bookings' }))
    await expect(page.getByRole('region', { name: 'Upcoming' })).toBeVisible()
    await passes(page, 81)
  },
  'when the next one holds a card to the reader, and is done': async (page) => {
    await scan(page, HAS.Paul.card)
    await seeSignedIn(page, 'Paul')
    await press(doneButton(page))
  },
}

for (const [how, end] of Object.entries(ENDS)) {
  test(`a visit that ends ${how} leaves nothing of the member`, async ({ page, context, baseURL }) => {
    const seen = answers(page)
    await start(page)
    const entries = await page.evaluate(() => history.length)
    const { words, id } = await visit(page)
    const session = (await cookie(context, 'frontdesk'))!
    expect(await whose(context, baseURL!, session)).toBe('Nora')

    await test.step('the search finds what is there while it is there', async () => {
      const memory = await Memory.of(page)
      expect((await memory.app(words)).found).toEqual(expect.arrayContaining(['Nora', words[3]]))
      expect(await memory.heap(words)).toEqual(expect.arrayContaining(['Nora']))
      expect(JSON.stringify(await kept(page))).toContain(id)
      await memory.close()
    })

    await mark(page)
    await end(page)
    await seeLeft(page)

    const now = await kept(page)
    expect(words.filter((word) => JSON.stringify(now).includes(word)), 'on the device').toEqual([])
    const { cookies, local, session: ofTab, databases, caches, workers, window: name } = now
    const nothing = { local: {}, ofTab: {}, databases: [], caches: [], workers: 0, name: '' }
    expect({ local, ofTab, databases, caches, workers, name }).toEqual(nothing)
    expect(cookies).toEqual(['frontdesk-kiosk'])

    const memory = await Memory.of(page)
    expect(await memory.app(words), "in the app's memory").toEqual({ apps: 1, found: [] })
    expect(await memory.heap(words), "in the scripts' memory").toEqual([])
    await memory.close()

    expect(await page.evaluate(() => history.length), 'history').toBe(entries)
    expect(await whose(context, baseURL!, session), 'the session').toBeUndefined()
    const replayed = await page.request.get('/api/v1/appointments/booking', { headers: { Cookie: `frontdesk=${session}` } })
    expect(replayed.status()).toBe(401)

    const ours = [...seen].filter(([address]) => address.startsWith(baseURL!))
    const isFile = ({ keeps }: { keeps: string }) => keeps.includes('immutable')
    const calls = ours.filter(([, answer]) => ['document', 'fetch', 'xhr'].includes(answer.type) && !isFile(answer))
    const looked = ['/', '/session/kiosk', '/api/v1/appointments/booking/book']
    expect(calls.map(([address]) => new URL(address).pathname)).toEqual(expect.arrayContaining(looked))
    expect(calls.filter(([, { keeps }]) => keeps !== 'no-store'), 'what a browser may keep').toEqual([])
    const [files, others] = [ours.filter(([, answer]) => isFile(answer)), ours.filter(([, answer]) => !isFile(answer))]
    const addresses = (all: typeof ours) => all.map(([address]) => address)
    expect(await cached(page, addresses(files)), 'the search finds what is in the cache').not.toEqual([])
    const left = await cached(page, addresses(others))
    expect(left.filter((address) => !/\/pictures\/|favicon|icon-|manifest/.test(address)), "in the browser's cache").toEqual([])
  })
}

test('Back leads to nothing that anybody saw', async ({ page }) => {
  await start(page)
  await visit(page)
  await leave(page)
  await page.goBack({ timeout: 3_000 }).catch(() => null)
  expect(page.url()).toMatch(/^about:blank$|:\d+\/$/)
  await page.goForward({ timeout: 3_000 }).catch(() => null)
  expect(page.url()).toMatch(/^about:blank$|:\d+\/$/)
})

test("“I'm done” is on every screen of somebody who is signed in, in the same place", async ({ page }) => {
  const places: string[] = []
  const look = async () => {
    await page.evaluate(() => scrollTo(0, 0))
    await expect(doneButton(page)).toBeInViewport({ ratio: 1 })
    const { x, y, width } = (await doneButton(page).boundingBox())!
    places.push([x, y, width].map(Math.round).join())
  }
  await start(page)
  await signInAs(page, 'Nora')
  await look()
  await chooseOf(page, 'Body scan')
  await look()
  await book(page)
  await look()
  await press(page.getByRole('main').getByRole('link', { name: 'My bookings' }))
  await expect(heading(page, 'My bookings')).toBeVisible()
  await look()
  await firstBooking(page)
  await look()
  await press(page.getByRole('button', { name: 'Cancel appointment' }))
  await press(page.getByRole('dialog').getByRole('button', { name: 'Cancel appointment' }))
  await expect(page.getByRole('main').getByText('Your appointment is cancelled.')).toBeVisible()
  await look()
  await page.getByRole('banner').getByRole('link', { name: 'Appointments' }).press('Enter')
  await page.goto('/nowhere')
  await seeSignedIn(page, 'Nora')
  await look()
  expect(new Set(places).size, places.join(' ')).toBe(1)
})
