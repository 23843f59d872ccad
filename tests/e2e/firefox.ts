// Firefox, as Debian has it and with its own protection on: what a page on another site may keep in it is another matter than in
// Chromium. Playwright drives a Firefox of its own alone, so puppeteer drives this one; what a person does, as verbs.

import { existsSync } from 'node:fs'
import { expect } from '@playwright/test'
import puppeteer, { type Browser, type ElementHandle, type Frame, type Page } from 'puppeteer-core'
import { EMBEDS } from './host.ts'

export type { Browser, Frame, Page }

const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr'

/**
 * How it treats what other sites' frames keep, by its own numbers. `strict` is what its settings call so: kept for each site
 * around by itself (total cookie protection), trackers blocked. `none` is its "All cross-site cookies".
 */
export const PROTECTION = {
  strict: { 'browser.contentblocking.category': 'strict', 'network.cookie.cookieBehavior': 5 },
  none: { 'browser.contentblocking.category': 'custom', 'network.cookie.cookieBehavior': 1 },
}

// What puppeteer turns off for the sake of tests is on, as it is for everybody: a process for each site, too.
const ITS_OWN = {
  'fission.autostart': true,
  'fission.webContentIsolationStrategy': 1,
  'privacy.trackingprotection.enabled': true,
  'privacy.trackingprotection.socialtracking.enabled': true,
  'privacy.partition.network_state': true,
  'privacy.query_stripping.enabled': true,
}

/** A browser with a profile of its own, that knows the gym's sites by their names. */
export function open(protection: keyof typeof PROTECTION): Promise<Browser> {
  if (!existsSync(FIREFOX)) throw new Error(`no Firefox at ${FIREFOX}: \`apt-get install firefox-esr\`, or set FIREFOX to its path`)
  const sites = EMBEDS.flatMap(({ gym, partner, stranger, inTheClear }) => [gym, partner, stranger, inTheClear])
  const names = new Set(sites.map((site) => new URL(site).hostname))
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    defaultViewport: { width: 390, height: 844 },
    extraPrefsFirefox: {
      ...ITS_OWN,
      ...PROTECTION[protection],
      'network.dns.localDomains': [...names].join(','),
      'intl.accept_languages': 'en-GB',
    },
  })
}

/** The page in the frame of an element, once it is shown. */
export async function inside(page: Page, which = 0): Promise<Frame> {
  let iframe: ElementHandle<HTMLIFrameElement> | null = null
  const shown = (which: number) => {
    const iframe = document.querySelectorAll('frontdesk-booking')[which]?.shadowRoot?.querySelector('iframe')
    return iframe && getComputedStyle(iframe).visibility === 'visible' ? iframe : null
  }
  await expect
    .poll(async () => (iframe = (await page.evaluateHandle(shown, which)).asElement() as typeof iframe), { message: 'a frame is shown' })
    .not.toBeNull()
  return iframe!.contentFrame()
}

/** What a selector finds of this name, once it is there: what is read out of it, or for a field its label. */
async function find(where: Frame | Page, selector: string, name: RegExp): Promise<ElementHandle> {
  // By hand: what puppeteer waits with is a function made of text, which the app's policy refuses.
  let found: ElementHandle | null = null
  await expect
    .poll(async () => (found = (await where.evaluateHandle(named, selector, name.source)).asElement() as ElementHandle | null), {
      message: `${selector} called ${name}`,
    })
    .not.toBeNull()
  return found!
}

function named(selector: string, source: string) {
  const nameOf = (element: Element) => {
    const label = (element as HTMLInputElement).labels?.[0]
    return (element.ariaLabel ?? ((label ?? element.shadowRoot?.querySelector('button') ?? element) as HTMLElement).innerText).replace(/\s+/g, ' ').trim()
  }
  const isSeen = (element: Element) => (element.closest('label') ?? element).getClientRects().length > 0
  const all = [...document.querySelectorAll(selector)]
  return all.find((element) => isSeen(element) && new RegExp(source).test(nameOf(element))) ?? null
}

/** Presses it, by mouse. */
export async function press(where: Frame | Page, selector: string, name: RegExp) {
  const what = await find(where, selector, name)
  const [x, y] = await what.evaluate(middleOf)
  const move = { type: 'pointerMove', x, y, origin: 'viewport' }
  const actions = [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]
  await act(where, { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions })
}

/** The middle of it, once it stands still: what comes above moves it. */
async function middleOf(element: Element) {
  const target = element.closest('label') ?? element
  const frame = () => new Promise((then) => requestAnimationFrame(then))
  const middle = () => {
    const { left, top, width, height } = target.getBoundingClientRect()
    return [Math.round(left + width / 2), Math.round(top + height / 2)] as const
  }
  target.scrollIntoView({ block: 'center', behavior: 'instant' })
  for (let before, now; ; before = now) {
    await frame()
    now = middle()
    if (String(before) === String(now)) return now
  }
}

export const see = async (where: Frame | Page, selector: string, name: RegExp) => void (await find(where, selector, name))

/** Types into a field; into one for a date, as whoever picks one does. */
export async function fill(where: Frame, name: RegExp, text: string) {
  const field = await find(where, 'input', name)
  if ((await field.evaluate((input) => (input as HTMLInputElement).type)) !== 'date') {
    await press(where, 'input', name)
    return keys(where, [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]))
  }
  await field.evaluate((input, text) => {
    ;(input as HTMLInputElement).value = text
    for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }))
  }, text)
}

const keys = (where: Frame | Page, actions: object[]) => act(where, { type: 'key', id: 'keyboard', actions })

/** Presses Escape. It is let go of where the frame may be gone. */
export const escape = (where: Frame | Page) => keys(where, [{ type: 'keyDown', value: '\uE00C' }])

/** Gives the tab another size. */
export const resize = (page: Page, width: number, height: number) => contextOf(page).browsingContext.setViewport({ viewport: { width, height } })

// What puppeteer has of its own for these asks Debian's Firefox for what later ones have; the protocol's own words do not. In the
// frame itself, so that nothing but what is there is met.
const act = (where: Frame | Page, source: object) => contextOf(where).browsingContext.performActions([source])

type Context = { performActions(all: object[]): Promise<void>; setViewport(to: object): Promise<void> }

const contextOf = (where: Frame | Page) =>
  ('mainFrame' in where ? where.mainFrame() : where) as unknown as { browsingContext: Context }
