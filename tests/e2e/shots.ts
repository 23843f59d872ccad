// A picture of each state, for people to look at. See shots.config.ts.

import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { STATES, reach } from './states.ts'
import { test } from './support.ts'

const out = resolve(dirname(fileURLToPath(import.meta.url)), '../../target/shots')

test.use({ expectedErrors: [/404 /] })

for (const state of STATES) {
  test(state.name, async ({ page, context, browser, baseURL, studio, mailbox }, { project }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await reach(state, { page, context, browser, baseURL: baseURL!, studio, mailbox })
    // What is fixed to the window's end would lie across the middle of a picture that is longer than the window.
    const { width } = page.viewportSize()!
    await page.setViewportSize({ width, height: await page.evaluate(() => document.documentElement.scrollHeight) })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      // Pictures wait until they are near the window; a whole page has to have them all.
      await page.evaluate(() => document.querySelectorAll('img').forEach((image) => (image.loading = 'eager')))
      const decoded = () => [...document.images].every((image) => image.complete)
      await page.waitForFunction(decoded)
      await page.screenshot({ path: join(out, `${state.name}-${project.name}-${colorScheme}.png`), fullPage: true })
    }
  })
}
