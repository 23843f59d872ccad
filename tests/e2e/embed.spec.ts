// The whole in a frame: a gym's page on one site, and in it the app on another. Booked and signed in within the frame, with what
// a browser lets a frame keep, and where it lets it keep nothing.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchOptions } from './browser.ts'
import { EMBEDS, NAMES, Site } from './host.ts'
import { token } from './plain.ts'
import { bookButton, card, choice, chooseTime, expect, freeDays, plain, press, seeBooked, showDay, Studio, type Page } from './support.ts'

type Frame = ReturnType<Page['mainFrame']>
type Embed = (typeof EMBEDS)[number] & { site: Site }

/** How a browser treats cookies of sites in others' pages, and any at all, by Chromium's own numbers. */
const COOKIES = {
  allowed: { cookie_controls_mode: 0 },
  blocked: { cookie_controls_mode: 1 },
  none: { default_content_setting_values: { cookies: 2 } },
}

const test = plain.extend<{ cookies: keyof typeof COOKIES; embed: Embed }>({
  cookies: ['blocked', { option: true }],
  embed: async ({}, use, info) => {
    const embed = EMBEDS[info.parallelIndex]!
    await new Studio(embed.studio).reset()
    const site = await Site.open(embed.sitePort)
    await use({ ...embed, site })
    await site.close()
  },
  // A browser of its own: what it keeps for whom is a setting of its profile.
  context: async ({ playwright, cookies }, use, info) => {
    const profile = info.outputPath('profile')
    mkdirSync(join(profile, 'Default'), { recursive: true })
    const settings = { profile: COOKIES[cookies] }
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(settings))
    // By mouse: the taps that Chromium is told to make count the place of another site's frame twice, and land elsewhere.
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: false, isMobile: false }
    const context = await playwright.chromium.launchPersistentContext(profile, {
      ...launchOptions,
      args: [...launchOptions.args, NAMES],
      ...phone,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
    })
    await use(context)
    await context.close()
    rmSync(profile, { recursive: true })
  },
})

// A refused frame, a name without TLS, and a dialog that would have liked the focus: a browser writes each of them down.
test.use({ expectedErrors: [/frame-ancestors|Opener-Policy header has been ignored|Blocked autofocusing/] })

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

/** Members of the demo. */
const [NORA, OLGA] = [1, 5]

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

const nameIn = (frame: Frame) =>
  frame.evaluate(async () => {
    const answer = await fetch('/session', { headers: { 'Frontdesk-Place': 'embed' } })
    return (await answer.json()).firstName
  })

for (const cookies of ['allowed', 'blocked'] as const) {
  test.describe(`third-party cookies ${cookies}`, () => {
    test.use({ cookies })

    test("a member books within the gym's page, signs in on the way, and the page hears of it", async ({ page, embed }) => {
      embed.site.put('/', element() + snippet(embed.url))
      const frame = await visit(page, embed.gym)
      const time = await chooseIn(frame, 'Body scan')
      await signIn(frame)
      await expect(choice(as(frame))).toContainText(time.slice(0, 5))
      await press(bookButton(as(frame)))
      await seeBooked(as(frame))
      await seeHeard(page, { type: 'booked', bookingId: expect.stringMatching(/^\d+$/) })
      const all = await heard(page)
      const steps = all.filter(({ type }) => type === 'step').map(({ step }) => step)
      expect(steps).toEqual(['services', 'times', 'choice', 'sign-in', 'choice', 'booked'])
      expect(all.filter(({ type }) => type === 'signed-in')).toHaveLength(1)
      expect(all.filter(({ type }) => type === 'failed')).toEqual([])
      expect(JSON.stringify(all)).not.toMatch(/Nora|M-1001|1990/)
      expect(new URL(page.url()).origin).toBe(embed.gym)
    })

    test('the browser is one of that kind', async ({ page, embed }) => {
      embed.site.put('/', element() + snippet(embed.url))
      const frame = await look(page, embed.gym)
      const kept = await frame.evaluate(() => {
        document.cookie = 'tried=1; SameSite=None; Secure'
        return document.cookie
      })
      expect(kept).toBe(cookies === 'allowed' ? 'tried=1' : '')
    })

    test('who signed in stays so on the next page of the same site, and is nobody on another', async ({ page, context, embed }) => {
      embed.site.put('/', element() + snippet(embed.url))
      const frame = await visit(page, embed.gym)
      await chooseIn(frame, 'Body scan')
      await signIn(frame)
      await seeHeard(page, { type: 'signed-in' })
      expect(await nameIn(await visit(page, `${embed.gym}/`))).toBe('Nora')
      expect(await nameIn(await visit(await context.newPage(), `${embed.partner}/`))).toBeUndefined()
    })
  })
}

test.describe('no cookies at all', () => {
  test.use({ cookies: 'none' })

  test('a member books within the frame, known to the memory of the app alone, and is nobody after signing out', async ({ page, embed }) => {
    embed.site.put('/', element() + snippet(embed.url))
    const frame = await visit(page, embed.gym)
    const time = await chooseIn(frame, 'Body scan')
    await signIn(frame)
    await expect(choice(as(frame))).toContainText(time.slice(0, 5))
    await press(bookButton(as(frame)))
    await seeBooked(as(frame))
    expect((await heard(page)).filter(({ type }) => type === 'failed')).toEqual([])
    expect(await nameIn(frame), 'no cookie says who it is').toBeUndefined()

    await expect(frame.getByRole('link', { name: 'Add to calendar' })).toHaveAttribute('target', '_blank')

    await press(frame.getByRole('link', { name: 'My bookings' }).first())
    await expect(frame.getByRole('region', { name: 'Upcoming' }).getByRole('listitem')).toContainText('Body scan')
    await press(frame.getByRole('button', { name: 'Sign out' }).first())
    await seeHeard(page, { type: 'signed-out' })
    await frame.evaluate(() => void (location.href = '/bookings'))
    await expect(frame.getByLabel('Member number')).toBeVisible()
  })
})

test.describe("whom the gym's page names", () => {
  for (const cookies of ['blocked', 'none'] as const) {
    test.describe(`cookies ${cookies}`, () => {
      test.use({ cookies })

      test('is signed in within the frame without a form, and books', async ({ page, embed }) => {
        const named = token(embed.url, NORA)
        embed.site.put('/', element(`token="${named}"`) + snippet(embed.url))
        const frame = await visit(page, embed.gym)
        await seeHeard(page, { type: 'signed-in' })
        await chooseIn(frame, 'Body scan')
        await press(bookButton(as(frame)))
        await seeBooked(as(frame))
        const all = await heard(page)
        expect(all.filter(({ type }) => type === 'failed')).toEqual([])
        expect(all.map(({ step }) => step)).not.toContain('sign-in')
        expect((await page.content()) + (await frame.content())).not.toContain(named)
      })
    })
  }

  test('takes the place of somebody else who was signed in there', async ({ page, embed }) => {
    embed.site.put('/', element() + snippet(embed.url))
    const frame = await visit(page, embed.gym)
    await chooseIn(frame, 'Body scan')
    await signIn(frame)
    await seeHeard(page, { type: 'signed-in' })
    embed.site.put('/', element(`token="${token(embed.url, OLGA)}"`) + snippet(embed.url))
    const next = await visit(page, `${embed.gym}/?2`)
    await seeHeard(page, { type: 'signed-in' })
    expect(await nameIn(next)).toBe('Olga')
  })

  test('is nobody where the token is not believed, and the form is there as ever', async ({ page, embed }) => {
    const used = token(embed.partner, NORA)
    embed.site.put('/', element(`token="${used}"`) + snippet(embed.url))
    const frame = await visit(page, embed.gym)
    await seeHeard(page, { type: 'failed', reason: 'hand-off' })
    await chooseIn(frame, 'Body scan')
    await signIn(frame)
    await expect(bookButton(as(frame))).toBeEnabled()
  })
})

test("on the app's own site the frame knows whoever is signed in there", async ({ page, context, embed }) => {
  const tab = await context.newPage()
  await tab.goto(embed.url)
  await chooseIn(tab.mainFrame(), 'Body scan')
  await signIn(tab.mainFrame())
  await expect(bookButton(tab)).toBeEnabled()

  embed.site.put('/', element() + snippet(embed.url))
  const frame = await visit(page, embed.sameSite)
  await chooseIn(frame, 'Body scan')
  await press(bookButton(as(frame)))
  await seeBooked(as(frame))
})

test('where a frame can keep nothing, a tab of its own goes on with the choice', async ({ page, context, embed }) => {
  embed.site.put('/', element() + snippet(embed.inTheClear))
  const frame = await visit(page, embed.gym)
  const time = await chooseIn(frame, 'Body scan')
  await signIn(frame)
  await expect(frame.getByText("Your browser doesn't keep you signed in here.")).toBeVisible()
  const opened = context.waitForEvent('page')
  await press(frame.getByRole('link', { name: 'Continue in a new tab' }))
  const tab = await opened
  await expect(choice(tab)).toContainText(time.slice(0, 5))
  await signIn(tab.mainFrame())
  await press(bookButton(tab))
  await seeBooked(tab)
})

test('a site that may not show it shows its link', async ({ page, embed }) => {
  embed.site.put('/', element() + snippet(embed.url))
  await page.goto(embed.stranger)
  await expect(page.locator('frontdesk-booking iframe')).toBeHidden()
  await expect(page.getByRole('link', { name: 'Book by phone' })).toBeVisible()
})

test('language and look are those that the page asks for, before the app has started and after', async ({ page, context, embed }) => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await context.route(/\.wasm$/, async (route) => {
    await held
    await route.continue()
  })
  embed.site.put('/', element('service="1220000101" lang="de" theme="dark" brand="ffd400"') + snippet(embed.url))
  const frame = await look(page, embed.gym)
  const looks = () =>
    frame.evaluate(() => {
      const root = document.documentElement
      const { colorScheme } = getComputedStyle(root)
      return [root.lang, colorScheme, getComputedStyle(root).getPropertyValue('--brand').trim()]
    })
  expect(await looks()).toEqual(['de', 'dark', '#ffd400'])
  await expect(page.locator('frontdesk-booking iframe')).toHaveAttribute('title', 'Termin buchen')
  release()
  await seeHeard(page, { type: 'ready', version: 1 })
  expect(await looks()).toEqual(['de', 'dark', '#ffd400'])
  await expect(frame.getByRole('group', { name: /^Zeiten/ })).toBeVisible()
})

for (const width of [320, 768, 1200]) {
  test(`at ${width} px the frame is as high as its content, in two messages, and nothing shifts`, async ({ page, embed }) => {
    await page.setViewportSize({ width, height: 844 })
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      const see = (list: PerformanceObserverEntryList) => shifts.push(...list.getEntries().map((entry: any) => entry.value))
      new PerformanceObserver(see).observe({ type: 'layout-shift', buffered: true })
    })
    const reserving = (height: number) => {
      const reserved = element(`service="1220000101" height="${height}" style="display: block; min-height: ${height}px"`)
      embed.site.put('/', `<style>body { margin: 0 }</style>${reserved}<p>Below</p>${snippet(embed.url)}`)
      return `${embed.gym}/`
    }
    const settled = async (frame: Frame) => {
      await expect(freeDays(as(frame)).first()).toBeAttached()
      const content = () => frame.evaluate(() => Math.ceil(document.getElementById('app')!.getBoundingClientRect().bottom + scrollY))
      const frames = page.locator('frontdesk-booking iframe')
      await expect.poll(async () => Math.abs((await frames.boundingBox())!.height - (await content()))).toBeLessThan(1)
      return content()
    }
    const height = await settled(await visit(page, reserving(640)))
    expect((await heard(page)).filter(({ type }) => type === 'height').length).toBeLessThanOrEqual(2)
    // What a gym reserves is what it has seen.
    await settled(await visit(page, reserving(height)))
    expect(await page.evaluate('shifts')).toEqual([])
  })
}

test("the browser's Back goes back through the frame, and then to where the visitor came from", async ({ page, embed }) => {
  embed.site.put('/news', 'News')
  embed.site.put('/', element() + snippet(embed.url))
  await page.goto(`${embed.gym}/news`)
  const frame = await visit(page, `${embed.gym}/`)
  await press(card(as(frame), 'Body scan'))
  await expect(frame.getByRole('heading', { level: 1, name: 'Body scan' })).toBeVisible()
  const back = () => page.evaluate(() => history.back())
  await back()
  await expect(frame.getByRole('heading', { level: 1, name: 'Book an appointment' })).toBeVisible()
  await back()
  await expect(page).toHaveURL(`${embed.gym}/news`)
})

test('a dialog on the page: booked within, closed by Escape, and what was booked is still there', async ({ page, embed }) => {
  embed.site.put('/', element('service="1220000101" mode="button"') + snippet(embed.url))
  await listen(page)
  await page.goto(embed.gym)
  const button = page.getByRole('button', { name: 'Book an appointment' })
  await press(button)
  const frame = await inside(page)
  await seeHeard(page, { type: 'ready', version: 1 })
  await showDay(as(frame), freeDays(as(frame)).first())
  const time = await chooseTime(as(frame))
  await frame.getByRole('link', { name: /^Sign in to book/ }).focus()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await press(button)
  await expect(choice(as(frame))).toContainText(time.slice(0, 5))
})
