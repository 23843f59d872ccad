// The two scripts of the embed by themselves: a gym's page on one site, and in the frame a page on another that does what the
// test says. What the app does in a frame is in embed.spec.ts.

import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Frame, Locator } from '@playwright/test'
import { Site, StandIn } from './host.ts'
import { expect, plain, type Page } from './support.ts'

const test = plain.extend<{ site: Site; standIn: StandIn; snippet: string }>({
  site: async ({}, use) => {
    const site = await Site.open()
    await use(site)
    await site.close()
  },
  standIn: async ({}, use) => {
    const standIn = await StandIn.open()
    await use(standIn)
    standIn.release()
    await standIn.close()
  },
  // As docs/embed.md tells it.
  snippet: async ({ standIn }, use) => use(`<script src="${standIn.url}/embed.js" async></script>`),
})

// What a refused frame leaves in the console is the browser's own word of it, and so is a message that it dropped.
test.use({ expectedErrors: [/frame-ancestors|Unsafe attempt to load URL|execute 'postMessage'|ERR_BLOCKED_BY_RESPONSE/] })

const LINK = '<a href="/away">Book by phone</a>'
const inline = (service = '1') => `<frontdesk-booking service="${service}">${LINK}</frontdesk-booking>`

const booking = (page: Page) => page.locator('frontdesk-booking').first()
const iframe = (within: Page | Locator) => within.locator('iframe').first()
const box = async (what: Locator) => (await what.boundingBox())!
const heightOf = async (what: Locator) => Math.round((await box(what)).height)

/** All that the page hears of a booking, as a site's own script would; from before the first. */
async function listen(page: Page) {
  await page.addInitScript(() => {
    const all: unknown[] = []
    Object.assign(window, { all })
    const types = ['ready', 'height', 'step', 'booked', 'moved', 'cancelled', 'signed-in', 'signed-out', 'failed', 'escape', 'odd']
    for (const type of types) {
      document.addEventListener(`frontdesk:${type}`, (event) => {
        const { target, detail } = event as CustomEvent
        all.push({ type, on: (target as Element).id || (target as Element).localName, detail })
      })
    }
  })
}

type Heard = { type: string; on: string; detail: object }
const heard = (page: Page) => page.evaluate<Heard[]>('all')
const heardOf = async (page: Page, ...types: string[]) => (await heard(page)).filter(({ type }) => types.includes(type))
const seeHeard = (page: Page, type: string, detail: object) =>
  expect.poll(async () => (await heardOf(page, type)).map((each) => each.detail)).toContainEqual(detail)

/** The page in the frame, once it is shown. */
async function shown(page: Page, which = iframe(booking(page))): Promise<Frame> {
  await expect(which).toBeVisible()
  return within(which)
}

async function within(which: Locator): Promise<Frame> {
  const handle = (await which.elementHandle())!
  const frame = (await handle.contentFrame())!
  // A handle would keep the element for ever.
  await handle.dispose()
  return frame
}

/** What the app does. */
const tell = (frame: Frame, told: object) =>
  frame.evaluate((detail) => void document.dispatchEvent(new CustomEvent('frontdesk', { detail })), JSON.stringify(told))

const resize = (frame: Frame, height: number) =>
  frame.evaluate((height) => void (document.getElementById('app')!.style.blockSize = `${height}px`), height)

test('the frame is asked for where it is to begin, and the page hears what happens in it', async ({ page, site, standIn, snippet }) => {
  await listen(page)
  const wish = 'service="77" trainer="5" category="no" lang="de" theme="dark" brand="#0A5fb4"'
  await page.goto(site.put('/', `<frontdesk-booking ${wish}>${LINK}</frontdesk-booking>${snippet}`))
  const frame = await shown(page)
  expect(standIn.frames).toEqual(['/services/77?trainer=5&lang=de&place=embed&theme=dark&brand=0A5fb4'])
  await expect(iframe(page)).toHaveAttribute('title', 'Termin buchen')
  expect(await frame.evaluate(() => document.referrer)).toBe(`${site.url}/`)

  await tell(frame, { type: 'step', step: 'times' })
  await tell(frame, { type: 'signed-in' })
  await tell(frame, { type: 'booked', bookingId: '9007199254740993', start: 'a', end: 'b' })
  await tell(frame, { type: 'cancelled', bookingId: 7 })
  await seeHeard(page, 'cancelled', { bookingId: 7 })
  expect(await heardOf(page, 'ready', 'step', 'signed-in', 'booked', 'cancelled')).toEqual([
    { type: 'ready', on: 'frontdesk-booking', detail: { version: 1 } },
    { type: 'step', on: 'frontdesk-booking', detail: { step: 'times' } },
    { type: 'signed-in', on: 'frontdesk-booking', detail: {} },
    { type: 'booked', on: 'frontdesk-booking', detail: { bookingId: '9007199254740993', start: 'a', end: 'b' } },
    { type: 'cancelled', on: 'frontdesk-booking', detail: { bookingId: 7 } },
  ])
})

test('without a service it begins at the services, with what was wished and nothing else', async ({ page, site, standIn, snippet }) => {
  const two = '<frontdesk-booking category="a & b"></frontdesk-booking><frontdesk-booking trainer="5"></frontdesk-booking>'
  await page.goto(site.put('/', two + snippet))
  await expect.poll(() => standIn.frames.toSorted()).toEqual(['/?category=a+%26+b&place=embed', '/?place=embed'])
})

test('nothing of the member is handed on, whatever the app says', async ({ page, site, snippet }) => {
  await listen(page)
  await page.goto(site.put('/', inline() + snippet))
  const frame = await shown(page)
  await tell(frame, { type: 'booked', bookingId: 1, start: { firstName: 'Nora' }, end: 'b', firstName: 'Nora', email: 'n@example.org' })
  await tell(frame, { type: 'odd', reason: 'Nora' })
  await tell(frame, { type: 'constructor' })
  await frame.evaluate(() => void document.dispatchEvent(new CustomEvent('frontdesk', { detail: '{"type":' })))
  await frame.evaluate(() => void document.dispatchEvent(new CustomEvent('frontdesk', { detail: 'null' })))
  await tell(frame, { type: 'signed-out' })
  await seeHeard(page, 'signed-out', {})
  expect((await heard(page)).map(({ type }) => type)).not.toContain('odd')
  expect(JSON.stringify(await heard(page))).not.toMatch(/Nora|example/)
  expect(await heardOf(page, 'booked')).toMatchObject([{ detail: { bookingId: 1, end: 'b' } }])
})

test('the page takes no more from the port than it knows', async ({ page, site, snippet }) => {
  await listen(page)
  await page.goto(site.put('/', inline('silent') + snippet))
  const frame = await byHand(page)
  for (const odd of [null, 7, 'ready', {}, { type: 'odd' }, { type: 'height', height: -5 }, { type: 'height', height: 'Nora' }]) {
    await frame.evaluate((odd) => (window as any).eval('speak')(odd), odd)
  }
  await frame.evaluate(() => (window as any).eval('speak')({ type: 'ready', version: 2, firstName: 'Nora', height: 500 }))
  await seeHeard(page, 'ready', { version: 2, height: 500 })
  expect(await heardOf(page, 'odd')).toEqual([])
})

/** What the app in the frame was told of who the member is. */
const tokens = (frame: Frame) =>
  frame.evaluate(() => {
    const all: string[] = ((window as any).tokens ??= [])
    document.addEventListener('frontdesk:hand-off', (event) => all.push((event as CustomEvent).detail), { once: true })
    return all
  })

test('a token of the page goes to the app in the frame, once it is there, and stands nowhere afterwards', async ({ page, site, snippet }) => {
  await page.goto(site.put('/', `<frontdesk-booking service="1" token="a.b.c">${LINK}</frontdesk-booking>${snippet}`))
  const frame = await shown(page)
  await expect(booking(page)).not.toHaveAttribute('token')
  expect(await tokens(frame)).toEqual([])
  await tell(frame, { type: 'step', step: 'services' })
  await expect.poll(() => frame.evaluate('tokens')).toEqual(['a.b.c'])
  await tokens(frame)
  await tell(frame, { type: 'step', step: 'times' })
  // As a page does that asks its server for one when it hears that the app is there.
  await page.evaluate(() => document.querySelector('frontdesk-booking')!.setAttribute('token', 'd.e.f'))
  await expect.poll(() => frame.evaluate('tokens')).toEqual(['a.b.c', 'd.e.f'])
  await expect(booking(page)).not.toHaveAttribute('token')
  await expect(page.locator('iframe')).toHaveCount(1)
  expect(await page.content() + (await frame.content()) + frame.url()).not.toMatch(/a\.b\.c|d\.e\.f/)
  // A page that the frame goes on to is told of none that was used.
  await frame.goto(frame.url())
  expect(await tokens(frame)).toEqual([])
  await tell(frame, { type: 'step', step: 'times' })
  await page.evaluate(() => document.querySelector('frontdesk-booking')!.setAttribute('token', 'g.h.i'))
  await expect.poll(() => frame.evaluate('tokens')).toEqual(['g.h.i'])
})

test('a token in an attribute of any element does the same, and no other page in the frame is told of one', async ({ page, site, snippet }) => {
  const other = await Site.open()
  const stranger = other.put('/', '<script>var heard = []; onmessage = ({ data }) => heard.push(data)</script>')
  await listen(page)
  await page.goto(site.put('/', `<div id="here" data-frontdesk-booking data-frontdesk-token="a.b.c">${LINK}</div>${snippet}`))
  const frame = await shown(page, page.locator('#here iframe'))
  await tokens(frame)
  await tell(frame, { type: 'step', step: 'services' })
  await expect.poll(() => frame.evaluate('tokens')).toEqual(['a.b.c'])
  await expect(page.locator('#here')).not.toHaveAttribute('data-frontdesk-token')

  await frame.evaluate((stranger) => void (location.href = stranger), stranger)
  await seeHeard(page, 'failed', { reason: 'refused' })
  await page.evaluate(() => {
    document.getElementById('here')!.shadowRoot!.querySelector('frontdesk-booking')!.setAttribute('token', 'd.e.f')
  })
  expect(await frame.evaluate('heard')).toEqual([])
  await other.close()
})

/** The page that is spoken through by hand, once it has been given a port. */
async function byHand(page: Page): Promise<Frame> {
  const frame = await within(iframe(booking(page)))
  await expect.poll(() => frame.evaluate('ports.length')).toBeGreaterThan(0)
  return frame
}

test('a page of another origin in the frame is told nothing, and the link is shown in its place', async ({ page, site, snippet }) => {
  const other = await Site.open()
  const stranger = other.put('/', '<script>var heard = []; onmessage = ({ data }) => heard.push(data)</script>')
  await listen(page)
  await page.goto(site.put('/', inline() + snippet))
  const frame = await shown(page)
  await frame.evaluate((stranger) => void (location.href = stranger), stranger)
  await seeHeard(page, 'failed', { reason: 'refused' })
  await expect(page.getByRole('link', { name: 'Book by phone' })).toBeVisible()
  await expect(iframe(page)).toBeHidden()
  expect(await frame.evaluate('heard')).toEqual([])
  await other.close()
})

test('a frame that the proxy refuses leaves the link, and what comes late mends it', async ({ page, site, snippet }) => {
  await listen(page)
  await page.goto(site.put('/', inline('refused') + snippet))
  await seeHeard(page, 'failed', { reason: 'refused' })
  await expect(page.getByRole('link', { name: 'Book by phone' })).toBeVisible()
  await expect(iframe(page)).toBeHidden()

  await page.goto(site.put('/late', inline('silent') + snippet))
  await seeHeard(page, 'failed', { reason: 'refused' })
  await (await byHand(page)).evaluate(() => (window as any).eval('speak')({ type: 'ready', version: 1 }))
  await expect(iframe(page)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Book by phone' })).toBeHidden()
})

test('where nothing was left to fall back on, a link of its own leads to the same', async ({ page, site, standIn, snippet }) => {
  await page.goto(site.put('/', `<frontdesk-booking service="refused" trainer="5" theme="dark"></frontdesk-booking>${snippet}`))
  const link = page.getByRole('link', { name: 'Book an appointment' })
  await expect(link).toHaveAttribute('href', `${standIn.url}/services/refused?trainer=5`)
  await expect(iframe(page)).toBeHidden()
  await expect(link).toBeVisible()
})

test('a page that isolates itself from others shows the link', async ({ page, site, snippet }) => {
  await listen(page)
  const isolated = { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Opener-Policy': 'same-origin' }
  await page.goto(site.put('/', inline() + snippet, isolated))
  await seeHeard(page, 'failed', { reason: 'refused' })
  await expect(page.getByRole('link', { name: 'Book by phone' })).toBeVisible()
})

test('whoever else sends the frame a port is not listened to, nor is another version', async ({ page, site, snippet, standIn }) => {
  const sibling = `<iframe id="sibling" srcdoc="<script>
    window.heard = []
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => heard.push(data)
    window.connect = () => parent.frames.booking.postMessage({ frontdesk: 1, type: 'connect' }, '*', [port2])
  </script>"></iframe>`
  await listen(page)
  await page.goto(site.put('/', sibling + inline() + snippet))
  const frame = await shown(page)
  await page.evaluate((origin) => {
    const { port1, port2 } = new MessageChannel()
    const newer: unknown[] = []
    port1.onmessage = ({ data }) => newer.push(data)
    const target = document.querySelector('frontdesk-booking')!.shadowRoot!.querySelector('iframe')!.contentWindow!
    Object.assign(window, { newer })
    target.postMessage({ frontdesk: 2, type: 'connect' }, origin, [port2])
    target.postMessage({ frontdesk: 1, type: 'connect' }, origin)
    // Named for the sibling alone.
    Object.defineProperty(window.frames, 'booking', { value: target })
  }, standIn.url)
  const other = page.frames().find((each) => each.url() === 'about:srcdoc')!
  await other.evaluate(() => (window as any).connect())
  await tell(frame, { type: 'step', step: 'services' })
  await tell(frame, { type: 'step', step: 'times' })
  await seeHeard(page, 'step', { step: 'times' })
  expect(await page.evaluate('newer')).toEqual([])
  expect(await other.evaluate('heard')).toEqual([])
})

test('whoever else says hello is given nothing, and brings the frame nothing', async ({ page, site, snippet }) => {
  const stranger = await Site.open()
  const hello = stranger.put('/', `<script>
    var ports = []
    onmessage = ({ ports: given }) => ports.push(...given)
    const hello = () => parent.postMessage({ frontdesk: 1, type: 'hello' }, '*')
  </script>`)
  await page.goto(site.put('/', `${inline('silent')}<iframe id="stranger" src="${hello}"></iframe>${snippet}`))
  const ours = await byHand(page)
  const frame = page.frames().find((each) => each.url().startsWith(stranger.url))!
  await page.evaluate(() => addEventListener('message', () => Object.assign(window, { greeted: true })))
  await frame.evaluate('hello()')
  await page.waitForFunction('window.greeted')
  expect(await ours.evaluate('heard')).toEqual([{ frontdesk: 1, type: 'connect' }])
  expect(await frame.evaluate('ports.length')).toBe(0)
  await stranger.close()
})

test('a page of its own making around the frame is told the same, and no more', async ({ page, site, standIn }) => {
  await page.goto(site.put('/', `<iframe src="${standIn.url}/"></iframe>`))
  const frame = await shown(page, page.locator('iframe'))
  // Before anybody listens: the last twenty are kept.
  for (let each = 1; each <= 21; each++) await tell(frame, { type: 'step', step: String(each), firstName: 'Nora' })
  await page.evaluate((origin) => {
    const told: unknown[] = []
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => told.push(data)
    Object.assign(window, { told })
    document.querySelector('iframe')!.contentWindow!.postMessage({ frontdesk: 1, type: 'connect' }, origin, [port2])
  }, standIn.url)
  await tell(frame, { type: 'booked', bookingId: 1, start: { firstName: 'Nora' }, end: 'b', email: 'n@example.org' })
  await tell(frame, { type: 'odd', reason: 'Nora' })
  await tell(frame, { type: 'signed-in', firstName: 'Nora' })
  await expect.poll(() => page.evaluate<object[]>('told')).toContainEqual({ type: 'signed-in' })
  const steps = Array.from({ length: 20 }, (_, at) => ({ type: 'step', step: String(at + 2) }))
  expect(await page.evaluate('told')).toEqual([
    { type: 'connected' },
    { type: 'ready', version: 1 },
    { type: 'height', height: 400 },
    ...steps,
    { type: 'booked', bookingId: 1, end: 'b' },
    { type: 'signed-in' },
  ])
})

test('the height follows the content as it grows and shrinks, and what is below moves with it', async ({ page, site, snippet }) => {
  await listen(page)
  await page.goto(site.put('/', `${inline()}<p id="below">Below</p>${snippet}`))
  const frame = await shown(page)
  for (const height of [400, 1850, 320]) {
    await resize(frame, height)
    await expect.poll(() => heightOf(iframe(page))).toBe(height)
    await seeHeard(page, 'height', { height })
    expect((await box(page.locator('#below'))).y).toBeGreaterThanOrEqual((await box(iframe(page))).y + height)
  }
  // One message for each: none was sent for a height that it had, and none made another.
  expect(await heardOf(page, 'height')).toHaveLength(3)
})

test('nothing on the page shifts, or is scrolled, or loses the focus, while it loads', async ({ page, site, snippet }) => {
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    const see = (list: PerformanceObserverEntryList) => shifts.push(...list.getEntries().map((entry: any) => entry.value))
    new PerformanceObserver(see).observe({ type: 'layout-shift', buffered: true })
  })
  // As the guide has it: what the script will reserve is reserved before it has come.
  const reserved = `<frontdesk-booking service="1" height="400" style="display: block; min-height: 400px">${LINK}</frontdesk-booking>`
  await page.goto(site.put('/', `<input id="search" autofocus>${reserved}<p>Below</p>${snippet}`))
  const frame = await shown(page)
  await tell(frame, { type: 'step', step: 'times' })
  await expect(page.locator('#search')).toBeFocused()
  expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0])
  expect(await page.evaluate('shifts')).toEqual([])
  // Reserved by the page no more.
  await resize(frame, 300)
  await expect.poll(() => heightOf(booking(page))).toBe(300)
})

test('nothing is loaded before the element comes near, and the link is there until then', async ({ page, site, standIn, snippet }) => {
  await page.goto(site.put('/', `<div style="height: 3000px">Far</div>${inline()}${snippet}`))
  await expect(page.locator(`link[rel=preconnect][href="${standIn.url}"]`)).toHaveCount(1)
  await expect(page.getByRole('link', { name: 'Book by phone' })).toBeVisible()
  await page.evaluate(() => scrollTo(0, 1000))
  // What is in view is seen within a frame or two; that nothing comes is seen after these.
  await page.evaluate(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))))
  expect(standIn.frames).toEqual([])
  await page.evaluate(() => scrollTo(0, 2000))
  await shown(page)
  expect(standIn.frames).toHaveLength(1)
})

for (const touch of ['hover', 'focus'] as const) {
  test(`a dialog's frame is loaded at the first ${touch}`, async ({ page, site, standIn, snippet }) => {
    await page.goto(site.put('/', `<frontdesk-booking service="1" mode="button">${LINK}</frontdesk-booking>${snippet}`))
    const button = page.getByRole('button', { name: 'Book an appointment' })
    await expect(button).toBeVisible()
    expect(standIn.frames).toEqual([])
    await button[touch]()
    await expect.poll(() => standIn.frames).toHaveLength(1)
    await expect(page.getByRole('dialog')).toBeHidden()
  })
}

test("the page's own load does not wait for the frame", async ({ page, site, standIn, snippet }) => {
  // This would not come back if it did: the frame's answer is held until afterwards.
  await page.goto(site.put('/', inline('slow') + snippet), { waitUntil: 'load' })
  await expect.poll(() => standIn.frames).toHaveLength(1)
  await expect(iframe(page)).toBeHidden()
  standIn.release()
  await shown(page)
})

test('before the page has loaded a frame is asked for by nobody', async ({ page, site, standIn, snippet }) => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/held.png', async (route) => {
    await held
    await route.fulfill({ status: 204 })
  })
  await page.goto(site.put('/', `${inline()}<img src="/held.png">${snippet}`), { waitUntil: 'commit' })
  await page.waitForFunction(() => customElements.get('frontdesk-booking'))
  await page.evaluate(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))))
  expect(standIn.frames).toEqual([])
  release()
  await shown(page)
})

test('with scripts off there is the link', async ({ browser, site, snippet }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(site.put('/', `${inline()}<div data-frontdesk-booking>${LINK}</div>${snippet}`))
  await expect(page.getByRole('link', { name: 'Book by phone' })).toHaveCount(2)
  await context.close()
})

test('a button opens a dialog, which Escape closes from within the frame, and the choice is still there', async ({ page, site, snippet }) => {
  await page.goto(site.put('/', `<frontdesk-booking service="1" mode="button" label="Try us" lang="de"></frontdesk-booking>${snippet}`))
  const button = page.getByRole('button', { name: 'Try us' })
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Try us' })
  await expect(dialog).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Schließen' })).toBeFocused()
  const frame = await shown(page)
  await frame.getByRole('button', { name: 'In the frame' }).focus()
  await frame.evaluate(() => void (document.title = 'Chosen'))
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(button).toBeFocused()

  await page.keyboard.press('Enter')
  expect(await (await shown(page)).title()).toBe('Chosen')
  await dialog.getByRole('button', { name: 'Schließen' }).click()
  await expect(dialog).toBeHidden()
  await expect(button).toBeFocused()
})

test('an Escape that the frame itself has a use for closes nothing around it', async ({ page, site, snippet }) => {
  await page.goto(site.put('/', `<frontdesk-booking service="1" mode="button"></frontdesk-booking>${snippet}`))
  await page.getByRole('button', { name: 'Book an appointment' }).click()
  const frame = await shown(page)
  await frame.evaluate(() => {
    const dialog = document.body.appendChild(document.createElement('dialog'))
    dialog.append(document.createElement('input'))
    dialog.showModal()
    Object.assign(window, { dialog })
  })
  await page.keyboard.press('Escape')
  await expect.poll(() => frame.evaluate('dialog.open')).toBe(false)
  await expect(page.getByRole('dialog')).toBeVisible()

  await frame.evaluate(() => addEventListener('keydown', (event) => event.preventDefault(), { capture: true, once: true }))
  await frame.getByRole('button').focus()
  await page.keyboard.press('Escape')
  await tell(frame, { type: 'step', step: 'times' })
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('a long page in a dialog is scrolled in the frame, and never taller than the window', async ({ page, site, snippet }) => {
  await page.goto(site.put('/', `<frontdesk-booking service="1" mode="button"></frontdesk-booking>${snippet}`))
  await page.getByRole('button', { name: 'Book an appointment' }).click()
  const frame = await shown(page)
  await resize(frame, 3000)
  const window = page.viewportSize()!.height
  await expect.poll(async () => (await box(iframe(page))).height).toBeGreaterThan(window / 2)
  expect((await box(page.getByRole('dialog'))).height).toBeLessThanOrEqual(window)
  expect(await frame.evaluate(() => document.documentElement.scrollHeight > innerHeight)).toBe(true)
})

test('what stands in the element opens its dialog; a new tab is still a new tab', async ({ page, context, site, snippet }) => {
  site.put('/away', 'By phone')
  await page.goto(site.put('/', `<frontdesk-booking service="1" mode="dialog">${LINK}</frontdesk-booking>${snippet}`))
  const link = page.getByRole('link', { name: 'Book by phone' })
  await page.waitForFunction(() => customElements.get('frontdesk-booking'))
  const tab = context.waitForEvent('page')
  await link.click({ modifiers: ['ControlOrMeta'] })
  await (await tab).close()
  await expect(page.getByRole('dialog')).toBeHidden()
  await link.click()
  await shown(page)
  expect(page.url()).toBe(`${site.url}/`)
  await page.keyboard.press('Escape')
  await expect(link).toBeFocused()
})

test('a refused dialog holds a link, and opens nothing else', async ({ page, site, standIn, snippet }) => {
  await page.goto(site.put('/', `<frontdesk-booking service="refused" mode="button"></frontdesk-booking>${snippet}`))
  await page.getByRole('button', { name: 'Book an appointment' }).click()
  const link = page.getByRole('dialog').getByRole('link', { name: 'Book an appointment' })
  await expect(link).toBeVisible()
  await expect(link).toHaveAttribute('href', `${standIn.url}/services/refused`)
})

test('two on one page keep to themselves', async ({ page, site, standIn, snippet }) => {
  await listen(page)
  const one = (id: string) => `<frontdesk-booking id="${id}" service="${id}" height="300"></frontdesk-booking>`
  await page.goto(site.put('/', one('first') + one('second') + snippet))
  const frames = page.locator('iframe')
  const first = await shown(page, frames.nth(0))
  const second = await shown(page, frames.nth(1))
  await resize(first, 350)
  await resize(second, 250)
  await tell(second, { type: 'booked', bookingId: 2, start: 'a', end: 'b' })
  await expect.poll(async () => [await heightOf(frames.nth(0)), await heightOf(frames.nth(1))]).toEqual([350, 250])
  await expect.poll(() => heardOf(page, 'booked')).toEqual([{ type: 'booked', on: 'second', detail: { bookingId: 2, start: 'a', end: 'b' } }])
  expect(standIn.asked.filter((address) => address === '/embed.js')).toHaveLength(1)
})

test('attributes do the same on an element of any kind', async ({ page, site, standIn, snippet }) => {
  await listen(page)
  const inline = `<div id="here" data-frontdesk-booking data-frontdesk-service="7" data-frontdesk-lang="de">${LINK}</div>`
  const dialog = '<a id="there" href="/away" data-frontdesk-booking data-frontdesk-service="8">Try us</a>'
  await page.goto(site.put('/', inline + dialog + snippet))
  await tell(await shown(page, page.locator('#here iframe')), { type: 'signed-in' })
  await expect.poll(() => heardOf(page, 'signed-in')).toEqual([{ type: 'signed-in', on: 'here', detail: {} }])
  await expect(page.getByRole('link', { name: 'Book by phone' })).toBeHidden()

  await page.getByRole('link', { name: 'Try us' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  const frame = await shown(page, page.getByRole('dialog').locator('iframe'))
  expect(standIn.frames.toSorted()).toEqual(['/services/7?lang=de&place=embed', '/services/8?place=embed'])
  await tell(frame, { type: 'signed-out' })
  await expect.poll(() => heardOf(page, 'signed-out')).toEqual([{ type: 'signed-out', on: 'there', detail: {} }])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('link', { name: 'Try us' })).toBeFocused()

  // The dialog of an element that goes, goes.
  await page.evaluate(() => document.getElementById('there')!.remove())
  await expect(page.locator('iframe')).toHaveCount(1)
})

test("a button has the gym's colour, and words on it that can be read", async ({ page, site, snippet }) => {
  const button = (brand: string) =>
    `<div data-frontdesk-booking data-frontdesk-mode="button" data-frontdesk-label="${brand || 'none'}"
      data-frontdesk-brand="${brand}"></div>`
  await page.goto(site.put('/', ['', '#ffd400', '1b2a6b', 'ff5a00'].map(button).join('') + snippet))
  for (const [name, fill, words] of [
    ['none', 'rgb(13, 84, 69)', 'white'],
    ['#ffd400', 'rgb(255, 212, 0)', 'black'],
    ['1b2a6b', 'rgb(27, 42, 107)', 'white'],
    ['ff5a00', 'rgb(255, 90, 0)', 'black'],
  ] as const) {
    const drawn = page.getByRole('button', { name })
    await expect(drawn).toHaveCSS('background-color', fill)
    await expect(drawn).toHaveCSS('color', words === 'white' ? /oklch\(1 / : /oklch\(0 /)
  }
})

test('an attribute that is set to what it was leaves the frame as it is', async ({ page, site, standIn, snippet }) => {
  await page.goto(site.put('/', inline() + snippet))
  const frame = await shown(page)
  await page.evaluate(() => document.querySelector('frontdesk-booking')!.setAttribute('service', '1'))
  expect(await frame.evaluate(() => document.readyState)).toBe('complete')
  await tell(frame, { type: 'step', step: 'times' })
  expect(standIn.frames).toHaveLength(1)
})

test('elements that a script adds later work, those of attributes once they are pointed out', async ({ page, site, snippet }) => {
  await page.goto(site.put('/', `<main></main>${snippet}`))
  await page.waitForFunction(() => 'Frontdesk' in window)
  await page.evaluate(() => {
    const main = document.querySelector('main')!
    const element = document.createElement('frontdesk-booking')
    element.setAttribute('service', '1')
    const plain = document.createElement('section')
    plain.dataset.frontdeskBooking = ''
    main.append(element, plain)
    ;(window as any).Frontdesk.scan(main)
    // A second time changes nothing.
    ;(window as any).Frontdesk.scan()
  })
  await shown(page, page.locator('frontdesk-booking').first().locator('iframe'))
  await page.locator('section').scrollIntoViewIfNeeded()
  await shown(page, page.locator('section iframe'))
  await expect(page.locator('iframe')).toHaveCount(2)
})

test('elements that a script removes leave nothing behind', async ({ page, context, site, snippet }) => {
  await page.goto(site.put('/', `<main></main>${snippet}`))
  await page.waitForFunction(() => 'Frontdesk' in window)
  await page.evaluate(() => Object.assign(window, { gone: [], frames: [] }))
  for (const mode of ['inline', 'button', 'dialog']) {
    await page.evaluate((mode) => {
      const element = document.createElement('frontdesk-booking')
      element.setAttribute('mode', mode)
      document.querySelector('main')!.replaceChildren(element)
      if (mode !== 'inline') (element as any).open()
    }, mode)
    await shown(page)
    await page.evaluate(() => {
      const element = document.querySelector('frontdesk-booking')!
      const frame = element.shadowRoot!.querySelector('iframe')!
      ;(window as any).gone.push(new WeakRef(element), new WeakRef(frame))
      element.remove()
    })
    await expect(page.locator('iframe')).toHaveCount(0)
    expect(page.frames()).toHaveLength(1)
  }
  const session = await context.newCDPSession(page)
  const left = async () => {
    await session.send('HeapProfiler.collectGarbage')
    return page.evaluate(() => (window as any).gone.filter((each: WeakRef<object>) => each.deref()).length)
  }
  await expect.poll(left).toBe(0)
})

test('an element that is moved, or given other attributes, begins anew without a step for Back', async ({ page, site, standIn, snippet }) => {
  await page.goto(site.put('/', `<header></header><main>${inline()}</main>${snippet}`))
  await shown(page)
  const steps = await page.evaluate(() => history.length)
  await page.evaluate(() => {
    const element = document.querySelector('frontdesk-booking')!
    element.setAttribute('service', '2')
    element.setAttribute('lang', 'de')
  })
  await expect(iframe(page)).toHaveAttribute('title', 'Termin buchen')
  await shown(page)
  await page.evaluate(() => document.querySelector('header')!.append(document.querySelector('frontdesk-booking')!))
  await expect.poll(() => standIn.frames.length).toBeGreaterThan(2)
  await shown(page)
  // One for both attributes, and for the new place.
  await expect(page.locator('iframe')).toHaveCount(1)
  expect([...new Set(standIn.frames)]).toEqual(['/services/1?place=embed', '/services/2?lang=de&place=embed'])
  expect(await page.evaluate(() => history.length)).toBe(steps)
})

test('a step is scrolled to where it would begin above what is seen, and only then', async ({ page, site, snippet }) => {
  await page.goto(site.put('/', `<p style="height: 500px">Above</p>${inline()}<p style="height: 3000px">Below</p>${snippet}`))
  const frame = await shown(page)
  await resize(frame, 2000)
  await expect.poll(() => heightOf(iframe(page))).toBe(2000)
  const scrolledTo = (y: number) => page.evaluate((y) => scrollTo(0, y), y)
  const top = async () => Math.round((await box(iframe(page))).y)
  const step = async (name: string) => {
    await tell(frame, { type: 'step', step: name })
    await expect.poll(() => page.evaluate((name) => (window as any).last === name, name)).toBe(true)
  }
  await page.evaluate(() => addEventListener('frontdesk:step', (event: any) => Object.assign(window, { last: event.detail.step })))

  await scrolledTo(1500)
  const before = await top()
  await step('services')
  expect(await top()).toBe(before)
  await step('times')
  expect(await top()).toBe(0)
  await scrolledTo(200)
  const seen = await top()
  await step('choice')
  expect(await top()).toBe(seen)
})

test("a page within the frame that is not the app's is shown as well, and what follows goes on", async ({ page, site, standIn, snippet }) => {
  await listen(page)
  await page.goto(site.put('/', inline() + snippet))
  const frame = await shown(page)
  await tell(frame, { type: 'step', step: 'sign-in' })
  await seeHeard(page, 'step', { step: 'sign-in' })
  await frame.goto(`${standIn.url}/sign-in/plain`)
  await expect.poll(async () => (await heardOf(page, 'ready')).length).toBe(2)
  await frame.goto(`${standIn.url}/services/1`)
  await tell(frame, { type: 'step', step: 'choice' })
  await seeHeard(page, 'step', { step: 'choice' })
  expect(await heardOf(page, 'failed')).toEqual([])
  await expect(iframe(page)).toBeVisible()
})

const HOSTILE = {
  'that unsets everything': '<style>* { all: unset } iframe, dialog, button { display: none !important }</style>',
  'with a reset and large words':
    '<style>* { margin: 0; padding: 0; box-sizing: border-box; border: 0; font: inherit; min-width: 0; max-width: 10px } ' +
    'html { font-size: 62.5%; line-height: 0; letter-spacing: 1em; text-transform: uppercase } ' +
    'html, body, frontdesk-booking { max-width: none }</style>',
}

for (const [name, style] of Object.entries(HOSTILE)) {
  test(`on a page ${name} it looks as it should`, async ({ page, site, snippet }) => {
    await page.goto(site.put('/', `${style}${inline()}<frontdesk-booking mode="button"></frontdesk-booking>${snippet}`))
    const frame = await shown(page)
    await resize(frame, 480)
    await expect.poll(() => heightOf(iframe(page))).toBe(480)
    expect((await box(iframe(page))).width).toBeGreaterThan(370)
    const button = page.getByRole('button', { name: 'Book an appointment' })
    expect((await box(button)).height).toBeGreaterThanOrEqual(44)
    await button.click()
    await expect(page.getByRole('dialog')).toBeVisible()
  })
}

test('it leaves the styles and the names of the page alone', async ({ page, site, snippet }) => {
  const style = '<style>iframe { border: 9px solid } :host { color: red } button { color: #123456 }</style>'
  const html = `${style}<button>Theirs</button><iframe srcdoc="x"></iframe>`
  const names = () => Object.getOwnPropertyNames(window)
  await page.goto(site.put('/bare', html))
  const bare = await page.evaluate(names)
  const look = () =>
    ['button', 'iframe'].map((name) => JSON.stringify(Object.entries(getComputedStyle(document.querySelector(name)!))))
  const looked = await page.evaluate(look)
  await page.goto(site.put('/', `${html}${inline()}${snippet}`))
  await shown(page)
  const added = (await page.evaluate(names)).filter((name) => !bare.includes(name) && !/^\d+$/.test(name))
  expect(added).toEqual(['Frontdesk'])
  expect(await page.evaluate(look)).toEqual(looked)
  expect(await page.evaluate(() => document.styleSheets.length + document.adoptedStyleSheets.length)).toBe(1)
})

test('on a page that reads from right to left it has its place, and its dialog closes at the left', async ({ page, site, snippet }) => {
  await page.goto(site.put('/', `<body dir="rtl">${inline()}<frontdesk-booking mode="button"></frontdesk-booking>${snippet}`))
  await shown(page)
  const width = page.viewportSize()!.width
  expect((await box(iframe(page))).x + (await box(iframe(page))).width).toBeLessThanOrEqual(width)
  const open = page.getByRole('button', { name: 'Book an appointment' })
  expect((await box(open)).x).toBeGreaterThan(width / 3)
  await open.click()
  expect((await box(page.getByRole('button', { name: 'Close' }))).x).toBeLessThan(width / 3)
})

test("a strict policy needs the proxy's origin and nothing else", async ({ page, site, standIn, snippet }) => {
  const policy = [
    "default-src 'none'",
    `script-src ${standIn.url}`,
    `frame-src ${standIn.url}`,
    "require-trusted-types-for 'script'",
    "base-uri 'none'",
  ].join('; ')
  await page.goto(site.put('/', `${inline()}<a href="/away" data-frontdesk-booking>Try us</a>${snippet}`, { 'Content-Security-Policy': policy }))
  const frame = await shown(page)
  await resize(frame, 555)
  await expect.poll(() => heightOf(iframe(page))).toBe(555)
  await page.getByRole('link', { name: 'Try us' }).click()
  await shown(page, page.getByRole('dialog').locator('iframe'))
})

// What gyms copy is what is tried: every piece of HTML in the guide, on one page.
test("the guide's own pieces work as they stand there", async ({ page, site, standIn }) => {
  const guide = readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8')
  const pieces = [...guide.matchAll(/```html\n(.*?)```/gs)].map(([, piece]) => piece!.replace(/^ {3}/gm, ''))
  // All in view: what is pressed right after a scroll may still be where a frame was.
  await page.setViewportSize({ width: 390, height: 2000 })
  await page.goto(site.put('/', pieces.join('').replaceAll('https://book.my-studio.com', standIn.url)))
  // What is below these moves once more, when they have their height.
  for (const inline of [booking(page), page.locator('div[data-frontdesk-booking]')]) {
    await expect.poll(() => heightOf(iframe(inline))).toBe(400)
  }
  for (const name of ['Try a personal training', 'Book now', 'Termin buchen']) {
    await page.getByRole('button', { name, exact: true }).or(page.getByRole('link', { name, exact: true })).click()
    await shown(page, page.getByRole('dialog').locator('iframe'))
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  }
  // The one with a token is taken for what it is.
  await expect(page.locator('frontdesk-booking[token]')).toHaveCount(0)
  expect(pieces).toHaveLength(5)
})

test("the guide's script gives a token to an app that has just come", async ({ page, site, snippet }) => {
  const guide = readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8')
  const [, script] = /```js\n(document\.addEventListener\('frontdesk:ready'.*?)```/s.exec(guide)!
  site.script('/my-frontdesk-token', 'a.b.c')
  await page.goto(site.put('/', `${inline()}<script>${script}</script>${snippet}`))
  const frame = await shown(page)
  await tokens(frame)
  await tell(frame, { type: 'step', step: 'services' })
  await expect.poll(() => frame.evaluate('tokens')).toEqual(['a.b.c'])
  await expect(booking(page)).not.toHaveAttribute('token')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in element, button and dialog, ${colorScheme}`, async ({ page, site, snippet }) => {
    await page.emulateMedia({ colorScheme })
    const main = `<main><h1>A gym</h1>${inline()}<frontdesk-booking mode="button" theme="${colorScheme}"></frontdesk-booking></main>`
    await page.goto(site.put('/', main + snippet))
    await shown(page)
    const found = async () => (await new AxeBuilder({ page }).analyze()).violations.filter(({ nodes }) => nodes.some(isOurs)).map(({ id }) => id)
    expect(await found()).toEqual([])
    await page.getByRole('button', { name: 'Book an appointment' }).click()
    await shown(page, page.getByRole('dialog').locator('iframe'))
    expect(await found()).toEqual([])
  })
}

/** Whether it is about the page around the frame: what is in the frame here is a stand-in. */
const isOurs = ({ target }: { target: unknown[] }) => target.length === 1

// A script without a charset of its own is read in the page's.
test('on a page that is not in UTF-8 its words are still right', async ({ page, site, snippet }) => {
  await page.goto(site.put('/', `<frontdesk-booking mode="button" lang="de"></frontdesk-booking>${snippet}`, {}, 'iso-8859-1'))
  await page.getByRole('button', { name: 'Termin buchen' }).click()
  await expect(page.getByRole('button', { name: 'Schließen' })).toHaveText('\u2715')
})

test('the script twice on a page is as good as once', async ({ page, site, snippet }) => {
  await page.goto(site.put('/', inline() + snippet + snippet.replace('.js', '.js?again')))
  await shown(page)
  await expect(page.locator('iframe')).toHaveCount(1)
})
