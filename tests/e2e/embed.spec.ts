// The whole in a frame: a gym's page on one site, and in it the app on another. Booked and signed in within the frame, with what
// a browser lets a frame keep, and where it lets it keep nothing.

import { launchOptions } from './browser.ts'
import { EMBEDS, NAMES, Site } from './host.ts'
import { bookButton, card, choice, chooseTime, expect, freeDays, plain, press, seeBooked, showDay, Studio, type BrowserContext, type Page } from './support.ts'

type Frame = ReturnType<Page['mainFrame']>
type Embed = (typeof EMBEDS)[number] & { page: Site }

/** How a browser treats what sites keep in others' pages. */
const BROWSERS = { allowed: [], blocked: ['--test-third-party-cookie-phaseout'] }

const test = plain.extend<{ cookies: keyof typeof BROWSERS; embed: Embed; visitor: BrowserContext; there: Page }>({
  cookies: ['blocked', { option: true }],
  embed: async ({}, use, info) => {
    const embed = EMBEDS[info.parallelIndex]!
    await new Studio(embed.studio).reset()
    const page = await Site.open(embed.site)
    await use({ ...embed, page })
    await page.close()
  },
  // A browser of its own, as what it keeps is set when it is started.
  visitor: async ({ playwright, cookies }, use) => {
    const args = [...launchOptions.args, NAMES, ...BROWSERS[cookies]]
    const browser = await playwright.chromium.launch({ ...launchOptions, args })
    // By mouse: the taps that Chromium is told to make count the place of another site's frame twice, and land elsewhere.
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: false, isMobile: false }
    await use(await browser.newContext({ ...phone, locale: 'en-GB', timezoneId: 'Europe/Berlin' }))
    await browser.close()
  },
  there: async ({ visitor }, use) => use(await visitor.newPage()),
})

const LINK = '<a href="/phone">Book by phone</a>'
const snippet = (app: string) => `<script src="${app}/embed.js" async></script>`
const element = (attributes = '') => `<frontdesk-booking ${attributes}>${LINK}</frontdesk-booking>`

/** Opens the gym's page, which writes down all that it hears, and gives the page in its frame once it is shown. */
async function look(page: Page, address: string): Promise<Frame> {
  await listen(page)
  await page.goto(address)
  return inside(page)
}

const listen = (page: Page) =>
  page.addInitScript(() => {
    const all: unknown[] = []
    Object.assign(window, { all })
    for (const type of ['ready', 'height', 'step', 'booked', 'moved', 'cancelled', 'signed-in', 'signed-out', 'failed']) {
      document.addEventListener(`frontdesk:${type}`, (event) => all.push({ type, ...(event as CustomEvent).detail }))
    }
  })

/** The same, once the app has taken it over. */
async function visit(page: Page, address: string): Promise<Frame> {
  const frame = await look(page, address)
  await seeHeard(page, { type: 'ready', version: 1 })
  return frame
}

async function inside(page: Page): Promise<Frame> {
  const frame = page.locator('frontdesk-booking iframe')
  await expect(frame).toBeVisible()
  return (await (await frame.elementHandle())!.contentFrame())!
}

/** What a person does in the frame is what they do on a page. */
const as = (frame: Frame) => frame as unknown as Page

type Heard = { type: string; [field: string]: unknown }
const heard = (page: Page) => page.evaluate<Heard[]>('all')
const seeHeard = (page: Page, told: object) => expect.poll(() => heard(page)).toContainEqual(expect.objectContaining(told))

/** Chooses a time of a service, as a visitor. */
async function chooseIn(frame: Frame, service: string) {
  await press(card(as(frame), service))
  await expect(frame.getByRole('heading', { level: 1, name: service })).toBeVisible()
  await showDay(as(frame), freeDays(as(frame)).first())
  return chooseTime(as(frame))
}

async function signIn(frame: Frame) {
  await press(choice(as(frame)).getByRole('link', { name: /^Sign in to book/ }))
  await frame.getByLabel('Member number').fill('M-1001')
  await frame.getByLabel('Date of birth').fill('1990-04-12')
  await press(frame.locator('form').getByRole('button', { name: 'Sign in' }))
}

const nameIn = (frame: Frame) => frame.evaluate(async () => (await (await fetch('/session', { headers: { 'Frontdesk-Place': 'embed' } })).json()).firstName)

for (const cookies of ['allowed', 'blocked'] as const) {
  test.describe(`third-party cookies ${cookies}`, () => {
    test.use({ cookies })

    test("a member books within the gym's page, signs in on the way, and the page hears of it", async ({ there, embed }) => {
      const frame = await visit(there, embed.page.put('/', element() + snippet(embed.url)).replace(/.*:\d+/, embed.gym))
      const time = await chooseIn(frame, 'Body scan')
      await signIn(frame)
      await expect(choice(as(frame))).toContainText(time.slice(0, 5))
      await press(bookButton(as(frame)))
      await seeBooked(as(frame))
      await seeHeard(there, { type: 'booked', bookingId: expect.stringMatching(/^\d+$/) })
      const all = await heard(there)
      expect(all.filter(({ type }) => type === 'step').map(({ step }) => step)).toEqual(['services', 'times', 'choice', 'sign-in', 'choice', 'booked'])
      expect(all.filter(({ type }) => type === 'signed-in')).toHaveLength(1)
      expect(all.filter(({ type }) => type === 'failed')).toEqual([])
      expect(JSON.stringify(all)).not.toMatch(/Nora|M-1001|1990/)
      expect(new URL(there.url()).origin).toBe(embed.gym)
    })

    test('the browser is one of that kind', async ({ there, embed }) => {
      embed.page.put('/', element() + snippet(embed.url))
      const frame = await look(there, embed.gym)
      const kept = await frame.evaluate(() => {
        document.cookie = 'tried=1; SameSite=None; Secure'
        return document.cookie
      })
      expect(kept).toBe(cookies === 'allowed' ? 'tried=1' : '')
    })

    test('who signed in stays so on the next page of the same site, and is nobody on another', async ({ there, visitor, embed }) => {
      embed.page.put('/', element() + snippet(embed.url))
      const frame = await visit(there, embed.gym)
      await chooseIn(frame, 'Body scan')
      await signIn(frame)
      await seeHeard(there, { type: 'signed-in' })
      expect(await nameIn(await visit(there, `${embed.gym}/`))).toBe('Nora')
      expect(await nameIn(await visit(await visitor.newPage(), `${embed.partner}/`))).toBeUndefined()
    })
  })
}

test("on the app's own site the frame knows whoever is signed in there", async ({ there, visitor, embed }) => {
  const tab = await visitor.newPage()
  await tab.goto(embed.url)
  await chooseIn(tab.mainFrame(), 'Body scan')
  await signIn(tab.mainFrame())
  await expect(bookButton(tab)).toBeEnabled()

  embed.page.put('/', element() + snippet(embed.url))
  const frame = await visit(there, embed.sameSite)
  await chooseIn(frame, 'Body scan')
  await press(bookButton(as(frame)))
  await seeBooked(as(frame))
})

test('where a frame can keep nothing, a tab of its own goes on with the choice', async ({ there, visitor, embed }) => {
  embed.page.put('/', element() + snippet(embed.inTheClear))
  const frame = await visit(there, embed.gym)
  const time = await chooseIn(frame, 'Body scan')
  await signIn(frame)
  await expect(frame.getByText("Your browser doesn't keep you signed in here.")).toBeVisible()
  const opened = visitor.waitForEvent('page')
  await press(frame.getByRole('link', { name: 'Continue in a new tab' }))
  const tab = await opened
  await expect(choice(tab)).toContainText(time.slice(0, 5))
  await signIn(tab.mainFrame())
  await press(bookButton(tab))
  await seeBooked(tab)
})

test.describe('a site that may not', () => {
  test.use({ expectedErrors: [/frame-ancestors/] })

  test('a site that may not show it shows its link', async ({ there, embed }) => {
    embed.page.put('/', element() + snippet(embed.url))
    await there.goto(embed.stranger)
    await expect(there.locator('frontdesk-booking iframe')).toBeHidden()
    await expect(there.getByRole('link', { name: 'Book by phone' })).toBeVisible()
  })
})

test('language and look are those that the page asks for, before the app has started and after', async ({ there, visitor, embed }) => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await visitor.route(/\.wasm$/, async (route) => {
    await held
    await route.continue()
  })
  embed.page.put('/', element('service="1220000101" lang="de" theme="dark" brand="ffd400"') + snippet(embed.url))
  const frame = await look(there, embed.gym)
  const looks = () =>
    frame.evaluate(() => {
      const root = document.documentElement
      const { colorScheme } = getComputedStyle(root)
      return [root.lang, colorScheme, getComputedStyle(root).getPropertyValue('--brand').trim()]
    })
  expect(await looks()).toEqual(['de', 'dark', '#ffd400'])
  await expect(there.locator('frontdesk-booking iframe')).toHaveAttribute('title', 'Termin buchen')
  release()
  await seeHeard(there, { type: 'ready', version: 1 })
  expect(await looks()).toEqual(['de', 'dark', '#ffd400'])
  await expect(frame.getByRole('group', { name: /^Zeiten/ })).toBeVisible()
})

for (const width of [320, 768, 1200]) {
  test(`at ${width} px the frame is as high as its content, in two messages, and nothing shifts`, async ({ there, embed }) => {
    await there.setViewportSize({ width, height: 844 })
    await there.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry: any) => entry.value))).observe({ type: 'layout-shift', buffered: true })
    })
    const page = (height: number) => {
      const reserved = element(`service="1220000101" height="${height}" style="display: block; min-height: ${height}px"`)
      embed.page.put('/', `<style>body { margin: 0 }</style>${reserved}<p>Below</p>${snippet(embed.url)}`)
      return `${embed.gym}/`
    }
    const settled = async (frame: Frame) => {
      await expect(freeDays(as(frame)).first()).toBeAttached()
      const content = () => frame.evaluate(() => Math.ceil(document.getElementById('app')!.getBoundingClientRect().bottom + scrollY))
      const frames = there.locator('frontdesk-booking iframe')
      await expect.poll(async () => Math.abs((await frames.boundingBox())!.height - (await content()))).toBeLessThan(1)
      return content()
    }
    const height = await settled(await visit(there, page(640)))
    expect((await heard(there)).filter(({ type }) => type === 'height').length).toBeLessThanOrEqual(2)
    // What a gym reserves is what it has seen.
    await settled(await visit(there, page(height)))
    expect(await there.evaluate('shifts')).toEqual([])
  })
}

test("the browser's Back goes back through the frame, and then to where the visitor came from", async ({ there, embed }) => {
  embed.page.put('/news', 'News')
  embed.page.put('/', element() + snippet(embed.url))
  await there.goto(`${embed.gym}/news`)
  const frame = await visit(there, `${embed.gym}/`)
  await press(card(as(frame), 'Body scan'))
  await expect(frame.getByRole('heading', { level: 1, name: 'Body scan' })).toBeVisible()
  const back = () => there.evaluate(() => history.back())
  await back()
  await expect(frame.getByRole('heading', { level: 1, name: 'Book an appointment' })).toBeVisible()
  await back()
  await expect(there).toHaveURL(`${embed.gym}/news`)
})

test('a dialog on the page: booked within, closed by Escape, and what was booked is still there', async ({ there, embed }) => {
  embed.page.put('/', element('service="1220000101" mode="button"') + snippet(embed.url))
  await listen(there)
  await there.goto(embed.gym)
  const button = there.getByRole('button', { name: 'Book an appointment' })
  await press(button)
  const frame = await inside(there)
  await seeHeard(there, { type: 'ready', version: 1 })
  await showDay(as(frame), freeDays(as(frame)).first())
  const time = await chooseTime(as(frame))
  await frame.getByRole('link', { name: /^Sign in to book/ }).focus()
  await there.keyboard.press('Escape')
  await expect(there.getByRole('dialog')).toBeHidden()
  await press(button)
  await expect(choice(as(frame))).toContainText(time.slice(0, 5))
})
