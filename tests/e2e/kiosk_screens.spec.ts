// Every screen of a kiosk: on the smallest tablet and the largest wall, by day, by night and in forced colours, in both languages. Nothing
// sticks out, nothing is covered, and whatever can be pressed is as large as a finger needs standing.

import AxeBuilder from '@axe-core/playwright'
import { expect, press, test, type Page } from './kiosk.ts'
import { KIOSK_STATES } from './kiosk_states.ts'

const SIZES = ['800x600', '1024x768', '1280x800', '768x1024', '1920x1080', '2560x1600']
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

// Some states are that a call was lost.
test.use({ expectedErrors: [/ERR_(CONNECTION_REFUSED|FAILED)/] })

/** In pixels, to each side; half a pixel is lost to fractions. */
const LEAST = 64

/** What sticks out, and what cannot be pressed with a finger: too small, or covered; scrolled to, as a finger would. */
const faults = (page: Page) =>
  page.evaluate((least) => {
    const root = document.documentElement
    const found: string[] = []
    const named = (element: Element) => {
      const name = element.getAttribute('aria-label') ?? element.textContent ?? ''
      return `${element.tagName} “${name.trim().slice(0, 40)}”`
    }
    if (root.scrollWidth > root.clientWidth) {
      const out = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      found.push(`the page is ${root.scrollWidth} wide: ${out.slice(0, 3).map(named).join(', ')}`)
    }
    const open = document.querySelector('dialog[open]')
    const among = open ? [open] : [...document.querySelectorAll('header, main, .kiosk-leaves')]
    const targets = among.flatMap((part) => [...part.querySelectorAll<HTMLElement>('a[href], button, label:has(input[type=radio])')])
    for (const target of targets.filter((one) => one.checkVisibility({ visibilityProperty: true }))) {
      target.scrollIntoView({ block: 'center', inline: 'center' })
      const { left, top, width, height } = target.getBoundingClientRect()
      const [x, y] = [left + width / 2, top + height / 2]
      const hits = (x: number, y: number) => {
        const at = document.elementFromPoint(x, y)
        return !!at && (at === target || target.contains(at))
      }
      if (!hits(x, y)) {
        found.push(`${named(target)} is covered by ${document.elementFromPoint(x, y)?.className}`)
        continue
      }
      // As far as it reaches, which may be beyond its own box.
      const reach = (dx: number, dy: number) => {
        let far = 0
        while (far < least && hits(x + dx * (far + 0.5), y + dy * (far + 0.5))) far += 0.5
        return far
      }
      const [across, down] = [reach(-1, 0) + reach(1, 0), reach(0, -1) + reach(0, 1)]
      if (across < least - 1 || down < least - 1) found.push(`${named(target)} is ${across} by ${down}`)
    }
    return found
  }, LEAST)

/** The same on each size; a size is told with what is wrong on it. */
async function faultsOf(page: Page, sizes = SIZES) {
  const all: string[] = []
  for (const size of sizes) {
    const [width, height] = size.split('x').map(Number)
    await page.setViewportSize({ width: width!, height: height! })
    all.push(...(await faults(page)).map((fault) => `${size}: ${fault}`))
  }
  return all
}

const german = async (page: Page) => {
  await press(page.getByRole('banner').getByRole('link', { name: 'DE', exact: true }))
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.waitForLoadState('networkidle')
}

for (const state of KIOSK_STATES) {
  test(`sizes: ${state.name}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await state.reach(page)
    expect(await faultsOf(page)).toEqual([])
    await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' })
    expect(await faultsOf(page, SIZES.slice(0, 1)), 'in forced colours').toEqual([])
  })

  if (state.stays) {
    test(`sizes in German: ${state.name}`, async ({ page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await state.reach(page)
      await german(page)
      expect(await faultsOf(page)).toEqual([])
    })
  }

  test(`axe: ${state.name}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await state.reach(page)
    // What looks at the page waits for moments that have to come.
    await page.clock.resume()
    const looks = [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const
    for (const look of looks) {
      await page.emulateMedia({ ...look, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
      const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
      expect(found, JSON.stringify(look)).toEqual([])
    }
  })
}
