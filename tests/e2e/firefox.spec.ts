// The app in a frame of a gym's page, on another site, in Firefox with its own protection on. What the embed promises everywhere is
// tried in Chromium (embed.spec.ts, embed_scripts.spec.ts); here, what another browser could do otherwise.

import { test as base, expect } from '@playwright/test'
import { PROTECTION, escape, fill, inside, open, press, resize, see, type Browser, type Frame, type Page } from './firefox.ts'
import { EMBEDS, Site } from './host.ts'
import { token } from './plain.ts'
import { Studio } from './support.ts'

type Embed = (typeof EMBEDS)[number] & { site: Site }

const test = base.extend<{ protection: keyof typeof PROTECTION; embed: Embed; firefox: Browser; tab: Page }>({
  protection: ['strict', { option: true }],
  embed: async ({}, use, info) => {
    const embed = EMBEDS[info.parallelIndex]!
    await new Studio(embed.studio).reset()
    const site = await Site.open(embed.sitePort)
    await use({ ...embed, site })
    await site.close()
  },
  firefox: async ({ protection }, use) => {
    const firefox = await open(protection)
    await use(firefox)
    await firefox.close()
  },
  tab: async ({ firefox }, use) => use(await firefox.newPage()),
})

const LINK = '<a href="/phone">Book by phone</a>'
const SCAN = '1220000201'
const element = (attributes = '') => `<frontdesk-booking ${attributes}>${LINK}</frontdesk-booking>`
const snippet = (app: string) => `<script src="${app}/embed.js" async></script>`

/** Opens the gym's page, which writes down all that it hears. */
async function visit(tab: Page, address: string) {
  await tab.evaluateOnNewDocument(() => {
    const all: unknown[] = []
    Object.assign(window, { all })
    for (const type of ['ready', 'height', 'step', 'booked', 'signed-in', 'signed-out', 'failed']) {
      document.addEventListener(`frontdesk:${type}`, (event) => all.push({ type, ...(event as CustomEvent).detail }))
    }
  })
  await tab.goto(address)
}

/** The same, and gives the page in the frame once the app has taken it over. */
async function enter(tab: Page, address: string): Promise<Frame> {
  await visit(tab, address)
  const frame = await inside(tab)
  await seeHeard(tab, { type: 'ready', version: 1 })
  return frame
}

type Heard = { type: string; [field: string]: unknown }
const heard = (tab: Page) => tab.evaluate('all') as Promise<Heard[]>
const seeHeard = (tab: Page, told: object) => expect.poll(() => heard(tab)).toContainEqual(expect.objectContaining(told))

/** A free day after today, once its times are shown, and the first of them. */
async function chooseTime(frame: Frame) {
  const day = /^(?!Today).*, \d+ times?$/
  await press(frame, '[role=radio]', day)
  await see(frame, '[role=radio][aria-checked=true]', day)
  await press(frame, 'input[type=radio]', /^\d\d:\d\d/)
  await see(frame, 'a, button', /^(Sign in to book|Book$)/)
}

async function signIn(frame: Frame) {
  await press(frame, 'a', /^Sign in to book/)
  await fill(frame, /^Member number/, 'M-1001')
  await fill(frame, /^Date of birth/, '1990-04-12')
  await press(frame, 'form button', /^Sign in$/)
}

async function book(frame: Frame) {
  await press(frame, 'button:enabled', /^Book$/)
  await see(frame, 'h1', /^Booked$/)
}

/** Who the cookie of a frame says it is. */
const byCookie = (frame: Frame) =>
  frame.evaluate(async () => {
    const answer = await fetch('/session', { headers: { 'Frontdesk-Place': 'embed' } })
    return (await answer.json()).firstName as string | undefined
  })

/** That the frame is as high as what is in it, and nothing is scrolled within. */
const seeHeights = (tab: Page, frame: Frame) =>
  expect
    .poll(async () => {
      const content = await frame.evaluate(() => Math.ceil(document.getElementById('app')!.getBoundingClientRect().bottom + scrollY))
      const own = await tab.evaluate(() => {
        const iframe = document.querySelector('frontdesk-booking')!.shadowRoot!.querySelector('iframe')!
        return Math.round(iframe.getBoundingClientRect().height)
      })
      return own - content
    })
    .toBe(0)

for (const [protection, name] of [['strict', 'Nora'], ['none', undefined]] as const) {
  test.describe(`cross-site cookies: ${protection}`, () => {
    test.use({ protection })

    test(`a member books within the frame, known by ${name ? 'a cookie of that page alone' : 'the memory of the app'}`, async ({ tab, embed }) => {
      embed.site.put('/', element(`service="${SCAN}"`) + snippet(embed.url))
      const frame = await enter(tab, embed.gym)
      await chooseTime(frame)
      await signIn(frame)
      await book(frame)
      await seeHeard(tab, { type: 'booked' })
      const all = await heard(tab)
      expect(all.filter(({ type }) => type === 'step').map(({ step }) => step)).toEqual(['times', 'choice', 'sign-in', 'choice', 'booked'])
      expect(all.filter(({ type }) => type === 'failed')).toEqual([])
      expect(await byCookie(frame)).toBe(name)
    })

    test("whom the gym's page names is signed in without a form, and books", async ({ tab, embed }) => {
      embed.site.put('/', element(`service="${SCAN}" token="${token(embed.url, 1)}"`) + snippet(embed.url))
      const frame = await enter(tab, embed.gym)
      await seeHeard(tab, { type: 'signed-in' })
      await chooseTime(frame)
      await book(frame)
      expect(await byCookie(frame)).toBe(name)
    })
  })
}

test('who is signed in in a frame is so on that site alone, and in no tab of its own', async ({ firefox, tab, embed }) => {
  embed.site.put('/', element(`service="${SCAN}"`) + snippet(embed.url))
  const frame = await enter(tab, embed.gym)
  await chooseTime(frame)
  await signIn(frame)
  await seeHeard(tab, { type: 'signed-in' })
  const own = await firefox.newPage()
  await own.goto(`${embed.url}/sign-in?next=%2Fbookings`)
  expect(await byCookie(own.mainFrame())).toBeUndefined()
  const partner = await firefox.newPage()
  expect(await byCookie(await enter(partner, embed.partner))).toBeUndefined()
  expect(await byCookie(await enter(tab, `${embed.gym}/`))).toBe('Nora')
})

test('the height follows what is in the frame, wide and narrow', async ({ tab, embed }) => {
  embed.site.put('/', element() + '<p id="below">Below</p>' + snippet(embed.url))
  const frame = await enter(tab, embed.gym)
  for (const width of [390, 1200, 320]) {
    await resize(tab, width, 844)
    await seeHeights(tab, frame)
  }
  await press(frame, 'h3 a', /^Body scan$/)
  await seeHeard(tab, { type: 'step', step: 'times' })
  await seeHeights(tab, frame)
})

test('a dialog opens, Escape closes it from within the frame, and the focus comes back', async ({ tab, embed }) => {
  embed.site.put('/', element(`service="${SCAN}" mode="button"`) + snippet(embed.url))
  await visit(tab, embed.gym)
  const isOpen = () =>
    tab.evaluate(() => document.querySelector('frontdesk-booking')!.shadowRoot!.querySelector('dialog')!.open)
  await press(tab, 'frontdesk-booking', /^Book an appointment$/)
  const frame = await inside(tab)
  await seeHeard(tab, { type: 'ready', version: 1 })
  await chooseTime(frame)
  expect(await isOpen()).toBe(true)
  await escape(frame)
  await expect.poll(isOpen).toBe(false)
  const focused = () => tab.evaluate(() => document.activeElement!.shadowRoot?.activeElement?.textContent)
  await expect.poll(focused).toBe('Book an appointment')
})

test('a page that unsets all styles, with a strict policy, shows it as it is', async ({ tab, embed }) => {
  const policy = `default-src 'none'; style-src 'self'; script-src ${embed.url}; frame-src ${embed.url}; require-trusted-types-for 'script'`
  embed.site.style('/reset.css', '* { all: unset }')
  embed.site.put('/', '<link rel="stylesheet" href="/reset.css">' + element() + snippet(embed.url), { 'Content-Security-Policy': policy })
  const frame = await enter(tab, embed.gym)
  await see(frame, 'h3 a', /^Body scan$/)
  await seeHeights(tab, frame)
  const width = await tab.evaluate(() => document.querySelector('frontdesk-booking')!.getBoundingClientRect().width)
  expect(width).toBeGreaterThan(300)
})

test('two on one page keep to themselves', async ({ tab, embed }) => {
  embed.site.put('/', element() + element(`service="${SCAN}" lang="de"`) + snippet(embed.url))
  await visit(tab, embed.gym)
  await see(await inside(tab, 0), 'h3 a', /^Body scan$/)
  await tab.evaluate(() => document.querySelectorAll('frontdesk-booking')[1]!.scrollIntoView())
  const second = await inside(tab, 1)
  await see(second, 'h1', /./)
  expect(await second.evaluate(() => document.documentElement.lang)).toBe('de')
  expect(await (await inside(tab, 0)).evaluate(() => document.documentElement.lang)).toBe('en')
})

test('a site that may not show it shows its link', async ({ tab, embed }) => {
  embed.site.put('/', element() + snippet(embed.url))
  await visit(tab, embed.stranger)
  await seeHeard(tab, { type: 'failed', reason: 'refused' })
  await see(tab, 'a', /^Book by phone$/)
})
