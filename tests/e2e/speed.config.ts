// Figures, not tests: how soon the app is there in a gym's own page, beside the embed of Cal.com; how long a kiosk takes for each
// touch on a slow device, and what 500 members leave on it. Run by `cargo xtask speed`, half an hour.

import { defineConfig } from '@playwright/test'
import suites from './playwright.config.ts'
import { embedServers } from './host.ts'
import { kioskServers } from './servers.ts'

process.env.KIOSK_MEMBERS ??= '500'

export default defineConfig({
  ...suites,
  workers: 1,
  timeout: 600_000,
  reporter: 'line',
  use: { ...suites.use, trace: 'off', screenshot: 'off' },
  webServer: [...embedServers().slice(0, 1), ...kioskServers()],
  projects: [
    { name: 'embed', testMatch: 'speed.ts' },
    { name: 'kiosk', testMatch: 'kiosk_soak.spec.ts', use: { viewport: { width: 1280, height: 800 }, hasTouch: true } },
  ],
})
