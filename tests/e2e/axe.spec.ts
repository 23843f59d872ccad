// No state of any screen has something that axe knows to shut people out, in light and in dark.

import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support.ts'
import { STATES, reach } from './states.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test.use({ expectedErrors: [/404 .*\/(nothing-here|services\/999)\)$/] })

for (const state of STATES) {
  test(`axe: ${state.name}`, async ({ page, context, browser, baseURL, studio, mailbox }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await reach(state, { page, context, browser, baseURL: baseURL!, studio, mailbox })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
      const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
      expect(found, colorScheme).toEqual([])
    }
  })
}
