// Screenshots of every state into target/shots, three sizes, light and dark; those of kiosks on sizes of their own. Run by `cargo xtask shots`, which builds first.

import { defineConfig } from '@playwright/test'
import suites from './playwright.config.ts'
import { demoServers, kioskServers } from './servers.ts'

const sizes = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
}

/** A small tablet, one that stands upright, and a wall. */
const kiosks = {
  'kiosk-small': { viewport: { width: 800, height: 600 }, hasTouch: true },
  'kiosk-upright': { viewport: { width: 768, height: 1024 }, hasTouch: true },
  'kiosk-wall': { viewport: { width: 1920, height: 1080 }, hasTouch: true, deviceScaleFactor: 1 },
}

const of = (all: object, testMatch: string) => Object.entries(all).map(([name, use]) => ({ name, use, testMatch }))

export default defineConfig({
  ...suites,
  reporter: 'line',
  use: { ...suites.use, deviceScaleFactor: 2, trace: 'off', screenshot: 'off' },
  webServer: [...demoServers(), ...kioskServers()],
  projects: [...of(sizes, 'shots.ts'), ...of(kiosks, 'kiosk_shots.ts')],
})
