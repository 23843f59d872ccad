// The whole of it: a member finds a service, books a time of it on a phone by touch, and cancels it again.

import { beMember, bookButton, card, choice, chooseTime, expect, freeDays, open, press, readyToBook, seeBooked, showDay, test, times, upcoming } from './support.ts'

test('a member books by touch, signs in on the way, and cancels', async ({ page }) => {
  await open(page, '/')
  await press(card(page, 'Mobility coaching'))
  await expect(page.getByRole('heading', { level: 1, name: 'Mobility coaching' })).toBeVisible()
  const day = freeDays(page).first()
  const dayName = (await day.getAttribute('aria-label'))?.replace(/,.*/, '') ?? ''
  await showDay(page, day)
  const time = await chooseTime(page, times(page).nth(1))
  const start = time.slice(0, 5)
  await expect(choice(page)).toContainText(start)

  await test.step('sign in when it is needed, and be back at the same choice', async () => {
    await press(choice(page).getByRole('link', { name: /^Sign in to book/ }))
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await page.getByLabel('Member number').fill('M-1001')
    await page.getByLabel('Date of birth').fill('1990-04-12')
    await press(page.locator('form').getByRole('button', { name: 'Sign in' }))
    await expect(page.getByRole('heading', { level: 1, name: 'Mobility coaching' })).toBeVisible()
    await expect(choice(page)).toContainText(start)
    await expect(times(page).nth(1)).toBeChecked()
  })

  await press(bookButton(page))
  await seeBooked(page)
  await expect(page.getByRole('main')).toContainText('Mobility coaching')
  await expect(page.getByRole('main')).toContainText(start)
  const id = new URL(page.url()).pathname.split('/').pop() ?? ''

  await test.step('the calendar file is one', async () => {
    const download = page.waitForEvent('download')
    await press(page.getByRole('link', { name: 'Add to calendar' }))
    const file = await (await download).createReadStream()
    const text = Buffer.concat(await file.toArray()).toString('utf8')
    const lines = text.split('\r\n')
    expect(lines[0]).toBe('BEGIN:VCALENDAR')
    expect(lines.at(-2)).toBe('END:VCALENDAR')
    expect(text).toContain('BEGIN:VEVENT')
    expect(text).toMatch(/^SUMMARY:Mobility coaching/m)
    expect(text).toMatch(/^UID:.+/m)
    expect(text).toMatch(/^DTSTART[:;].*\d{8}T\d{6}Z?\r$/m)
    expect(text).toMatch(/^DTSTAMP:\d{8}T\d{6}Z\r$/m)
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  })

  await test.step('My bookings has it', async () => {
    await press(page.getByRole('link', { name: 'See my bookings' }))
    await expect(page.getByRole('heading', { level: 1, name: 'My bookings' })).toBeVisible()
    const entry = page.getByRole('region', { name: 'Upcoming' }).getByRole('listitem').filter({ hasText: 'Mobility coaching' })
    await expect(entry).toContainText(start)
    await press(entry.getByRole('link'))
    await expect(page.getByRole('main')).toContainText(id)
  })

  await test.step('one question, and it is read back as cancelled', async () => {
    await press(page.getByRole('button', { name: 'Cancel appointment' }))
    const dialog = page.getByRole('dialog')
    await expect(dialog).toHaveAccessibleName(new RegExp(`^Cancel .*${start}\\?$`))
    await press(dialog.getByRole('button', { name: 'Cancel appointment' }))
    await expect(dialog).toBeHidden()
    await expect(page.getByText('Your appointment is cancelled.').first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Cancel appointment' })).toHaveCount(0)
    await page.reload()
    await expect(page.getByRole('main')).toContainText('Cancelled')
  })

  await test.step('the time is offered again', async () => {
    await open(page, '/')
    await press(card(page, 'Mobility coaching'))
    await showDay(page, page.getByRole('radio', { name: new RegExp(`^${dayName}`) }))
    await expect(page.getByRole('radio', { name: time })).toBeEnabled()
  })
})

test('three taps from the catalogue to booked for a signed-in member', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  await open(page, '/')
  await press(card(page, 'Body scan'))
  await chooseTime(page)
  await press(bookButton(page))
  await seeBooked(page)
})

test('the tab is called after the screen, also where an answer brought it up', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  await readyToBook(page, 'Body scan')
  await expect(page).toHaveTitle(/^Body scan/)
  await press(bookButton(page))
  await seeBooked(page)
  await expect(page).toHaveTitle(/^Booked/)
})

test('keeping a booking asks nothing more and changes nothing', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Olga')
  const entries = await upcoming(page)
  await press(entries.first().getByRole('link'))
  await press(page.getByRole('button', { name: 'Cancel appointment' }))
  await press(page.getByRole('dialog').getByRole('button', { name: 'Keep it' }))
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('main')).toContainText('Booked')
})

test('a booking that the studio has to confirm says so', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  await open(page, '/')
  await press(card(page, 'Posture check'))
  await chooseTime(page)
  await press(bookButton(page))
  await expect(page.getByRole('heading', { level: 1, name: 'Booked – the studio still has to confirm' })).toBeVisible()
})

test('booked times are gone for everybody else', async ({ page, context, baseURL, browser }) => {
  await beMember(context, baseURL!, 'Nora')
  await open(page, '/')
  await press(card(page, 'Body scan'))
  const day = freeDays(page).first()
  await showDay(page, day)
  const time = await chooseTime(page)
  await press(bookButton(page))
  await seeBooked(page)

  const other = await browser.newContext({ baseURL })
  const theirs = await other.newPage()
  await open(theirs, '/')
  await press(card(theirs, 'Body scan'))
  await showDay(theirs, freeDays(theirs).first())
  await expect(times(theirs).first()).toBeAttached()
  await expect(theirs.getByRole('radio', { name: time })).toHaveCount(0)
  await other.close()
})
