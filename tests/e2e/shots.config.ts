// Screenshots of every state into target/shots, three sizes, light and dark. Run by `cargo xtask shots`, which builds first.

import { defineConfig } from '@playwright/test'
import suites from './playwright.config.ts'
import { demoServers } from './servers.ts'

const sizes = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
}

export default defineConfig({
  ...suites,
  testMatch: 'shots.ts',
  reporter: 'line',
  use: { ...suites.use, deviceScaleFactor: 2, trace: 'off', screenshot: 'off' },
  webServer: demoServers(),
  projects: Object.entries(sizes).map(([name, use]) => ({ name, use })),
})
