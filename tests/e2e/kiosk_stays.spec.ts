// A kiosk stays what it is: nothing on it leads away, nothing opens, nothing is marked, dragged or printed; and a new version of the
// app is taken when nobody is there.

import {
  asks, book, bookButton, card, chooseOf, doneButton, expect, firstBooking, heading, isMarked, key, mark, passes, press,
  seeLeft, signInAs, start, test, type Page,
} from './kiosk.ts'
import { freeAs } from './kiosk_told.ts'

test.use({ expectedErrors: [/404 .*\/(nowhere|services\/1)\)$/] })

test('a new version is taken when nobody is there, and not while somebody is', async ({ page }) => {
  const free = await freeAs(page, [['Body scan', 30]])
  await start(page)
  await press(card(page, 'Body scan'))
  await expect(heading(page, 'Body scan')).toBeVisible()
  free.build('another')
  await mark(page)
  await passes(page, 30)
  expect(await isMarked(page), 'while somebody looks').toBe(true)
  // Once it is loaded it is the one that is served.
  page.on('request', (request) => request.resourceType() === 'document' && free.build())
  await press(page.getByRole('main').getByRole('link', { name: 'All appointments' }))
  // Within a minute or two; none is so urgent that it could not wait for the next quiet moment.
  for (let waited = 0; waited < 120 && (await isMarked(page).catch(() => false)); waited += 5) await passes(page, 5)
  await seeLeft(page)
})

test('a version that is said to be served, and is not, is not loaded over and over', async ({ page }) => {
  const free = await freeAs(page, [['Body scan', 30]])
  free.build('of another proxy, that is being replaced')
  await start(page)
  let pages = 0
  page.on('request', (request) => (pages += Number(request.resourceType() === 'document')))
  for (let waited = 0; waited < 50; waited += 5) await passes(page, 5)
  expect(pages).toBeLessThanOrEqual(1)
})

test('a new version does not end the visit of somebody who is signed in', async ({ page }) => {
  const free = await freeAs(page, [])
  await start(page)
  await signInAs(page, 'Nora')
  free.build('another')
  await mark(page)
  await passes(page, 45)
  await expect(doneButton(page)).toBeVisible()
  expect(await isMarked(page)).toBe(true)
})

/** Every screen that a member sees, and what leads there. */
async function eachScreen(page: Page, look: (where: string) => Promise<unknown>) {
  await start(page)
  await look('start')
  await press(page.getByRole('banner').getByRole('link', { name: 'Sign in' }))
  await expect(heading(page, 'Who are you?')).toBeVisible()
  await look('sign-in')
  await press(key(page, 'ABC'))
  await look('letters')
  await page.goto('/services/1')
  await look('no such service')
  await page.goto('/nowhere')
  await look('no such page')
  await start(page)
  await signInAs(page, 'Nora')
  await look('start of a member')
  await chooseOf(page, 'Body scan')
  await expect(bookButton(page)).toBeEnabled()
  await look('times')
  await book(page)
  await look('booked')
  await press(page.getByRole('main').getByRole('link', { name: 'My bookings' }))
  await expect(heading(page, 'My bookings')).toBeVisible()
  await look('my bookings')
  await firstBooking(page)
  await look('a booking')
  await press(page.getByRole('button', { name: 'Cancel appointment' }))
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('asked whether to cancel')
  await page.keyboard.press('Escape')
  await passes(page, 61)
  await expect(asks(page)).toBeVisible()
  await look('asked whether somebody is there')
}

test('no link of any screen leads to another site, into another window or to a file', async ({ page, baseURL }) => {
  const away: string[] = []
  let links = 0
  await eachScreen(page, async (where) => {
    const all = await page.locator('a, area, form').evaluateAll((found) =>
      found.map((link) => ({
        to: (link as HTMLAnchorElement).href ?? (link as HTMLFormElement).action ?? '',
        opens: link.getAttribute('target') ?? (link.hasAttribute('download') ? 'a download' : ''),
      })),
    )
    links += all.length
    const leads = all.filter(({ to, opens }) => opens || !to.startsWith(`${baseURL}/`) || /\.ics$|calendar\.ics/.test(to))
    away.push(...leads.map(({ to, opens }) => `${where}: ${to} ${opens}`))
    const more = await page.locator('iframe, object, embed, video, audio, [contenteditable], [draggable=true]').count()
    if (more) away.push(`${where}: something that plays or opens`)
  })
  expect(away).toEqual([])
  expect(links).toBeGreaterThan(60)
})

test('no long press opens a menu, nothing is dragged, and no text is marked', async ({ page }) => {
  await start(page)
  const undone = (type: string, init: object = {}) =>
    page.evaluate(
      ([type, init]) => {
        const all = [...document.querySelectorAll('a, img, p, h1, button, body')]
        const left = all.filter((element) => element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, ...init })))
        return [all.length, left.length]
      },
      [type, init] as const,
    )
  for (const type of ['contextmenu', 'dragstart']) {
    const [all, left] = await undone(type)
    expect(all, type).toBeGreaterThan(10)
    expect(left, type).toBe(0)
  }
  await page.getByRole('main').getByRole('heading', { level: 1 }).dblclick()
  await page.mouse.move(100, 200)
  await page.mouse.down()
  await page.mouse.move(900, 700)
  await page.mouse.up()
  expect(await page.evaluate(() => String(getSelection()))).toBe('')
  await page.keyboard.press('Control+a')
  expect(await page.evaluate(() => String(getSelection()))).toBe('')
})

for (const keys of ['Control+p', 'Control+n', 'Control+t', 'Control+s', 'Control+o', 'Control+f', 'Control+u', 'Control+w', 'Meta+p', 'Alt+ArrowLeft', 'F1']) {
  test(`${keys} does nothing`, async ({ page, context }) => {
    await start(page)
    await mark(page)
    // After the page's own: whether the browser would still do what it does.
    await page.evaluate(() => addEventListener('keydown', (event) => Object.assign(window, { left: !event.defaultPrevented }), false))
    await page.keyboard.press(keys)
    expect(await page.evaluate(() => (window as any).left), 'left to the browser').toBe(false)
    expect(context.pages()).toHaveLength(1)
    expect(await isMarked(page)).toBe(true)
  })
}

test('a link that is pressed in another way than usual opens no window', async ({ page, context }) => {
  await start(page)
  const link = card(page, 'Body scan')
  await link.click({ button: 'middle' })
  for (const modifier of ['Control', 'Meta', 'Shift', 'Alt'] as const) await link.click({ modifiers: [modifier] })
  await link.focus()
  await page.keyboard.press('Control+Enter')
  expect(context.pages()).toHaveLength(1)
  await expect(heading(page, 'Book an appointment')).toBeVisible()
  await link.click()
  await expect(heading(page, 'Body scan')).toBeVisible()
})

test('what somebody puts into the page leads nowhere else', async ({ page, context }) => {
  await start(page)
  for (const link of ['href="https://elsewhere.example/"', 'href="//elsewhere.example/"', 'href="/" target="_blank"', 'href="/" download', 'href="tel:110"']) {
    await page.evaluate((link) => {
      document.querySelector('#put')?.remove()
      document.body.insertAdjacentHTML('beforeend', `<a id="put" ${link}>Away</a>`)
      document.querySelector<HTMLElement>('#put')!.style.cssText = 'position: fixed; inset: 0; z-index: 9'
    }, link)
    await page.touchscreen.tap(400, 400)
  }
  expect(context.pages()).toHaveLength(1)
  await expect(page).toHaveURL(/:\d+\/$/)
})

test('two fingers make nothing larger, and a page that is pulled is not loaded anew', async ({ page }) => {
  await start(page)
  const own = await page.evaluate(() => {
    const { touchAction, overscrollBehaviorY, userSelect } = getComputedStyle(document.documentElement)
    return { touchAction, overscrollBehaviorY, userSelect }
  })
  expect(own).toEqual({ touchAction: 'pan-x pan-y', overscrollBehaviorY: 'none', userSelect: 'none' })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Input.synthesizePinchGesture', { x: 600, y: 400, scaleFactor: 2.5, gestureSourceType: 'touch' })
  expect(await page.evaluate(() => visualViewport!.scale)).toBe(1)
})

test('the screen stays awake: asked for at the first touch, and again after the page was out of sight', async ({ page }) => {
  await page.addInitScript(() => {
    const asked: string[] = []
    Object.defineProperty(navigator, 'wakeLock', { value: { request: async (what: string) => void asked.push(what) } })
    Object.assign(window, { asked })
  })
  await start(page)
  const asked = () => page.evaluate(() => (window as any).asked as string[])
  expect(await asked()).toEqual([])
  await page.touchscreen.tap(20, 780)
  expect(await asked()).toEqual(['screen'])
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  expect((await asked()).length).toBeGreaterThan(1)
})
