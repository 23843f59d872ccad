// Nothing is wider than the window: on 320 pixels, and on a laptop's screen at 200 %.

import { beMember, expect, open, test, type Page } from './support.ts'
import { STATES, reach } from './states.ts'

// A phone would zoom out instead of overflowing.
test.use({ viewport: { width: 320, height: 640 }, isMobile: false, expectedErrors: [/404 .*\/(nothing-here|services\/999)\)$/] })

/** What sticks out, unless it lies in something that scrolls by itself. */
const tooWide = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    const scrolls = (element: Element | null): boolean =>
      !!element && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement))
    const out = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement),
    )
    return ['the page', ...out.map((element) => `${element.tagName}.${element.className}`)]
  })

for (const state of STATES) {
  test(`narrow: ${state.name}`, async ({ page, context, browser, baseURL, studio, mailbox }) => {
    await reach(state, { page, context, browser, baseURL: baseURL!, studio, mailbox })
    expect(await tooWide(page), '320 pixels').toEqual([])
    await page.setViewportSize({ width: 640, height: 400 })
    expect(await tooWide(page), '1280 pixels at 200 %').toEqual([])
  })
}

for (const lang of ['en', 'de']) {
  test(`narrow: who is signed in is seen, ${lang}`, async ({ page, context, baseURL }) => {
    await beMember(context, baseURL!, 'Nora')
    await open(page, `/language/${lang}?next=/`)
    const name = page.getByRole('banner').getByText('Nora', { exact: true })
    // Half as wide is what letters of twice the size leave.
    for (const width of [320, 160]) {
      await page.setViewportSize({ width, height: 640 })
      await expect(name, `${width} pixels`).toBeInViewport({ ratio: 1 })
      const out = await page.getByRole('banner').getByRole('button').boundingBox()
      expect(out!.x + out!.width, `${width} pixels`).toBeLessThanOrEqual(width)
    }
  })
}
