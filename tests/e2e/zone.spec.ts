// Times are the studio's, whatever the device's clock shows; where it shows another time, one line says whose they are.

import { beMember, choice, chooseTime, expect, freeDays, openService, showDay, test, upcoming } from './support.ts'

const note = 'Times are Berlin time.'

test.describe('a device in New York', () => {
  test.use({ timezoneId: 'America/New_York' })

  test('shows Berlin times, and says so', async ({ page, context, baseURL }) => {
    await beMember(context, baseURL!, 'Olga')
    await openService(page, 'Body scan')
    await expect(page.getByText(note)).toBeVisible()
    await showDay(page, freeDays(page).first())
    const time = await chooseTime(page)
    // The address holds the studio's own text.
    expect(new URL(page.url()).searchParams.get('start')).toContain(`T${time.slice(0, 5)}:`)
    await expect(choice(page)).toContainText(time.slice(0, 5))
    // Hers is at noon, in Berlin.
    await expect((await upcoming(page)).first()).toContainText('12:00')
    await expect(page.getByText(note)).toBeVisible()
  })
})

test('a device in Berlin needs no such line', async ({ page }) => {
  await openService(page, 'Body scan')
  await expect(freeDays(page).first()).toBeVisible()
  await expect(page.getByText(/^Times are/)).toHaveCount(0)
})
