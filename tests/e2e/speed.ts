// From the click on a gym's page to the services on the screen: ours in its frame, ours alone, and as far as Cal.com's own script
// can be tried without its servers, which is until it asks for its app. Two profiles, medians of five, a browser of its own for
// each run. Prints a table; see speed.config.ts.

import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { launchOptions } from './browser.ts'
import { EMBEDS, NAMES, Site } from './host.ts'

const RUNS = 5
// As Lighthouse's slow 4G, and its processor.
const SLOW = { latency: 562.5, downloadThroughput: (1474.56 * 1024) / 8, uploadThroughput: (675 * 1024) / 8, cpu: 4 }
const PROFILES = { fast: undefined, slow: SLOW }

const embed = EMBEDS[0]!
const CAL = createRequire(import.meta.url).resolve('@calcom/embed-core/dist/embed/embed.js')

/** In every frame: when something of that name was first to be seen, and when the last click was. */
const WATCH = `(() => {
  const now = () => performance.timeOrigin + performance.now()
  addEventListener('click', (e) => e.isTrusted && (window.__clicked = performance.timeOrigin + e.timeStamp), true)
  const look = () => {
    const one = document.querySelector('.card')
    if (one && one.getBoundingClientRect().height > 0) window.__seen = now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()`

const PAGES: Record<string, { body: string; click?: string }> = {
  'in the page': { body: `<h1>A gym</h1><frontdesk-booking></frontdesk-booking><script src="${embed.url}/embed.js" async></script>` },
  'behind a button': {
    body: `<h1>A gym</h1><frontdesk-booking mode="button">Book</frontdesk-booking><script src="${embed.url}/embed.js" async></script>`,
    click: 'frontdesk-booking button[part=button]',
  },
}

test('how soon', async ({ playwright }) => {
  const site = await Site.open(embed.sitePort)
  const at = (path: string) => `${embed.gym}${path}`
  const rows: Record<string, string>[] = []
  for (const [profile, slow] of Object.entries(PROFILES)) {
    const many = async (name: string, once: (page: Page) => Promise<number>) => {
      const all: number[] = []
      for (let run = 0; run < RUNS; run++) all.push(await withPage(playwright.chromium, slow, once))
      all.sort((a, b) => a - b)
      const [least, median, most] = [all[0]!, all[RUNS >> 1]!, all[RUNS - 1]!].map(Math.round)
      rows.push({ profile, what: name, 'ms (median)': String(median), range: `${least} to ${most}` })
    }
    await many('ours alone, its own tab', async (page) => {
      await page.goto(`${embed.url}/`)
      return (await seen(page.mainFrame())) - (await page.evaluate(() => performance.timeOrigin))
    })
    for (const [name, { body, click }] of Object.entries(PAGES)) {
      site.put('/speed', body)
      await many(`ours ${name}`, async (page) => {
        await page.goto(at('/speed'))
        if (click) {
          await page.waitForLoadState('networkidle')
          await page.locator(click).click()
        }
        const frame = await app(page)
        const begun = click ? await page.evaluate(() => (window as any).__clicked) : await page.evaluate(() => performance.timeOrigin)
        return (await seen(frame)) - begun
      })
    }
    site.script('/cal/embed.js', readFileSync(CAL, 'utf8'))
    site.put('/cal', CAL_PAGE)
    await many("Cal.com's behind a button, until it asks for its app", async (page) => {
      const asked = new Promise<number>((resolve) => page.on('request', (r) => r.url().includes('/gym/training') && resolve(Date.now())))
      await page.route('**/gym/training**', () => {})
      await page.goto(at('/cal'))
      await page.waitForLoadState('networkidle')
      await page.locator('button').click()
      return (await asked) - (await page.evaluate(() => (window as any).__clicked))
    })
  }
  await site.close()
  const ours = readFileSync(new URL('../../public/embed.js', import.meta.url))
  const theirs = readFileSync(CAL)
  for (const [what, code] of [['embed.js, ours', ours], ["embed.js, Cal.com's", theirs]] as const) {
    rows.push({ profile: '', what, 'ms (median)': '', range: `${code.length} bytes, gzip ${gzipSync(code, { level: 9 }).length}, brotli ${brotliCompressSync(code).length}` })
  }
  console.table(rows)
})

/** As Cal.com's guide has it, with its script from the gym's own site: it is asked for at the first click. */
const CAL_PAGE = `<h1>A gym</h1><button data-cal-link="gym/training" data-cal-config='{}'>Book</button>
<script>(function (C, A, L) { let p = function (a, ar) { a.q.push(ar); }; let d = C.document; C.Cal = C.Cal || function () { let cal = C.Cal; let ar = arguments;
if (!cal.loaded) { cal.ns = {}; cal.q = cal.q || []; d.head.appendChild(d.createElement("script")).src = A; cal.loaded = true; }
if (ar[0] === L) { const api = function () { p(api, arguments); }; const namespace = ar[1]; api.q = api.q || [];
if (typeof namespace === "string") { cal.ns[namespace] = api; p(api, ar); } else p(cal, ar); return; } p(cal, ar); }; })
(window, "/cal/embed.js", "init"); Cal("init", { origin: location.origin });</script>`

async function withPage(chromium: { launch(options: object): Promise<Browser> }, slow: typeof SLOW | undefined, once: (page: Page) => Promise<number>) {
  // One process for the page and its frame, so that both are as slow.
  const args = [...launchOptions.args, NAMES, '--disable-site-isolation-trials', '--disable-features=IsolateOrigins,site-per-process']
  const browser = await chromium.launch({ ...launchOptions, args })
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, locale: 'en-GB' })
  await context.addInitScript(WATCH)
  const page = await context.newPage()
  if (slow) await slowed(context, page, slow)
  const took = await once(page)
  await browser.close()
  return took
}

async function slowed(context: BrowserContext, page: Page, { cpu, ...network }: typeof SLOW) {
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', { offline: false, ...network })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu })
}

type Frame = ReturnType<Page['mainFrame']>

async function app(page: Page): Promise<Frame> {
  for (;;) {
    const found = page.frames().find((frame) => frame !== page.mainFrame() && frame.url().startsWith(embed.url))
    if (found) return found
    await page.waitForEvent('framenavigated')
  }
}

const seen = async (frame: Frame) => {
  await frame.waitForFunction(() => (window as any).__seen)
  return frame.evaluate(() => (window as any).__seen as number)
}
