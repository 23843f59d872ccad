// A picture of each state of a kiosk, for people to look at. See shots.config.ts.

import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { press, test } from './kiosk.ts'
import { KIOSK_STATES } from './kiosk_states.ts'

const out = resolve(dirname(fileURLToPath(import.meta.url)), '../../target/shots')

test.use({ expectedErrors: [/ERR_(CONNECTION_REFUSED|FAILED)/] })

for (const state of KIOSK_STATES) {
  test(state.name, async ({ page }, { project }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await state.reach(page)
    const looks = [{ colorScheme: 'light' }, { colorScheme: 'dark' }] as const
    // What stands on the wall, and no more: nobody sees a kiosk's whole page at once.
    const shoot = (name: string) => page.screenshot({ path: join(out, `${state.name}-${project.name}-${name}.png`) })
    for (const look of looks) {
      await page.emulateMedia({ ...look, reducedMotion: 'reduce' })
      await page.waitForFunction(() => [...document.images].every((image) => image.complete || image.loading === 'lazy'))
      await shoot(look.colorScheme)
    }
    if (!state.stays) return
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await press(page.getByRole('banner').getByRole('link', { name: 'DE', exact: true }))
    await page.waitForLoadState('networkidle')
    await shoot('german')
  })
}
