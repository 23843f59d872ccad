// Screenshots of every screen into target/shots: three widths, light and dark. Run by `cargo xtask shots`, which builds first.
// Starts a proxy of its own with an empty data folder, so that the pictures show the demo studio as it is seeded.

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { browserArgs } from './browser.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const out = join(root, 'target/shots')
const address = '127.0.0.1:18485'

const widths = { phone: [390, 844], tablet: [820, 1180], desktop: [1440, 900] }
const schemes = ['light', 'dark']

/** Each screen: a name for the file, its address, and what brings it to the state to be shown. */
const screens = [
  ['catalogue', '/'],
  ['catalogue-search-empty', '/?q=zzzz'],
  ['catalogue-de', '/language/de?next=/'],
  ['times', '/', firstService],
  ['sign-in', '/sign-in?next=/bookings'],
  ['bookings-signed-out', '/bookings'],
  ['not-found', '/nothing-here'],
]

/** From the catalogue into the first service, by its link, as a member gets there. */
async function firstService(page) {
  await page.locator('a[href^="/services/"]').first().click()
  await page.waitForURL('**/services/**')
}

/** A proxy that answers, or the reason why there is none. */
async function startProxy() {
  const env = {
    ...process.env,
    FRONTDESK_LISTEN: address,
    FRONTDESK_DIST: process.env.FRONTDESK_DIST ?? join(root, 'dist'),
    FRONTDESK_DATA: mkdtempSync(join(tmpdir(), 'frontdesk-shots-')),
  }
  const binary = process.env.FRONTDESK_PROXY ?? join(root, 'target/start/frontdesk-proxy')
  const proxy = spawn(binary, [], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  for (let tries = 0; tries < 100 && proxy.exitCode === null; tries++) {
    const answer = await fetch(`http://${address}/healthz`).catch(() => null)
    if (answer?.ok) return proxy
    await new Promise((again) => setTimeout(again, 100))
  }
  proxy.kill()
  throw new Error(`the proxy does not answer on ${address}`)
}

/** One screen in one size and scheme. */
async function shoot(browser, [name, path, prepare], [size, viewport], colorScheme) {
  const [width, height] = viewport
  const context = await browser.newContext({
    baseURL: `http://${address}`,
    viewport: { width, height },
    deviceScaleFactor: 2,
    colorScheme,
    hasTouch: size !== 'desktop',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  })
  try {
    const page = await context.newPage()
    await page.goto(path)
    if (prepare) await prepare(page)
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: join(out, `${name}-${size}-${colorScheme}.png`), fullPage: true })
    return true
  } catch (error) {
    console.error(`${name} ${size} ${colorScheme}: ${error.message.split('\n')[0]}`)
    return false
  } finally {
    await context.close()
  }
}

mkdirSync(out, { recursive: true })
const only = process.argv[2]
const proxy = await startProxy()
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: browserArgs })
let failed = 0
for (const screen of screens.filter(([name]) => !only || name.startsWith(only))) {
  for (const size of Object.entries(widths)) {
    for (const scheme of schemes) failed += (await shoot(browser, screen, size, scheme)) ? 0 : 1
  }
  console.log(screen[0])
}
await browser.close()
proxy.kill('SIGTERM')
process.exitCode = failed ? 1 : 0
