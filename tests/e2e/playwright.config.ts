// How the suites run: two workers for two cores, no second try.

import { defineConfig } from '@playwright/test'
import { launchOptions } from './browser.ts'
import { embedServers } from './host.ts'
import { WORKERS, demoServers, kioskServers, prismServers } from './servers.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  workers: WORKERS,
  fullyParallel: true,
  // A test that passes at the second try has found something.
  retries: 0,
  forbidOnly: true,
  // Two browsers on two cores, beside whatever else a machine does.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    [process.stdout.isTTY ? 'line' : 'list'],
    ['json', { outputFile: process.env.FRONTDESK_E2E_REPORT ?? '../../target/e2e.json' }],
  ],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions,
  },
  webServer: [...demoServers(), ...prismServers(), ...embedServers(), ...kioskServers()],
  projects: [
    { name: 'phone', testIgnore: ['keyboard.spec.ts', 'firefox.spec.ts', 'kiosk*.spec.ts'], use: phone },
    // Drives a browser of its own.
    { name: 'firefox', testMatch: 'firefox.spec.ts' },
    { name: 'desktop', testMatch: 'keyboard.spec.ts', use: { viewport: { width: 1280, height: 800 } } },
    { name: 'kiosk', testMatch: 'kiosk*.spec.ts', use: { viewport: { width: 1280, height: 800 }, hasTouch: true } },
  ],
})
