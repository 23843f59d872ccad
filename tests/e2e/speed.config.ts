// Figures, not tests: how soon the app is there in a gym's own page, beside the embed of Cal.com. Run by `cargo xtask speed`.

import { defineConfig } from '@playwright/test'
import suites from './playwright.config.ts'
import { embedServers } from './host.ts'

export default defineConfig({
  ...suites,
  testMatch: 'speed.ts',
  workers: 1,
  timeout: 600_000,
  reporter: 'line',
  use: { ...suites.use, trace: 'off', screenshot: 'off' },
  webServer: embedServers().slice(0, 1),
  projects: [{ name: 'figures' }],
})
