// Coming from the gym's own site, with a token that it signed; and whatever else may come from there.

import { randomUUID } from 'node:crypto'
import { atTheGym, button, handOver, heading, seeSignedIn, token } from './plain.ts'
import { beMember, expect, open, test } from './support.ts'

const FAILED = "Signing in from the studio's site didn't work."
const NORA = 1
const OLGA = 5

test('a token signs in, and leads on to where the gym sent the member', async ({ page, baseURL }) => {
  await handOver(page, baseURL!, token(baseURL!, NORA))
  await expect(heading(page, 'My bookings')).toBeVisible()
  await seeSignedIn(page, 'Nora')
})

test('the same token once more is refused in words, with a way on', async ({ page, browser, baseURL }) => {
  const once = token(baseURL!, NORA)
  await handOver(page, baseURL!, once)
  await seeSignedIn(page, 'Nora')
  const other = await browser.newContext({ baseURL: baseURL! })
  const theirs = await other.newPage()
  await handOver(theirs, baseURL!, once)
  const notice = theirs.getByRole('main').getByRole('alert')
  await expect(notice).toContainText(FAILED)
  await expect(notice).toContainText('Go back there and try again, or sign in here.')
  await expect(notice).toBeFocused()
  await expect(theirs).toHaveTitle(new RegExp(`^${FAILED}`))
  await theirs.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await expect(heading(theirs, 'Sign in')).toBeVisible()
  await seeSignedIn(theirs, undefined)
  await other.close()
})

test('a token of anybody else, or none, is told the same', async ({ page, baseURL }) => {
  const forged = token(baseURL!, NORA, Buffer.alloc(32, 1).toString('base64'))
  for (const each of [forged, randomUUID(), '']) {
    await handOver(page, baseURL!, each)
    await expect(page.getByRole('alert')).toContainText(FAILED)
  }
})

test('an address that is not ours leads to the start', async ({ page, baseURL }) => {
  await handOver(page, baseURL!, token(baseURL!, NORA), 'https://evil.example/')
  await expect(page).toHaveURL(`${baseURL}/`)
})

for (const [answer, who] of [['Go on as Olga', 'Olga'], ['Stay signed in as Nora', 'Nora']] as const) {
  test(`where somebody else is signed in it asks: "${answer}"`, async ({ page, context, baseURL }) => {
    await beMember(context, baseURL!, 'Nora')
    await handOver(page, baseURL!, token(baseURL!, OLGA))
    await expect(heading(page, 'Somebody else is signed in')).toBeVisible()
    await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toHaveCount(0)
    await page.reload()
    await button(page, answer).click()
    await seeSignedIn(page, who)
    await open(page, '/bookings')
    await seeSignedIn(page, who)
  })
}

test('with the keyboard alone', async ({ page, context, baseURL }) => {
  await beMember(context, baseURL!, 'Nora')
  await handOver(page, baseURL!, token(baseURL!, OLGA))
  const goOn = button(page, 'Go on as Olga')
  await expect(goOn).toBeVisible()
  for (let tabs = 0; tabs < 20 && !(await goOn.evaluate((it) => it === document.activeElement)); tabs++) {
    await page.keyboard.press('Tab')
  }
  await expect(goOn).toBeFocused()
  await page.keyboard.press('Enter')
  await seeSignedIn(page, 'Olga')
})

test('two presses at the gym sign in all the same', async ({ page, baseURL, studio }) => {
  await studio.quirks({ calls: [{ operation: 'getCustomer', delayMillis: 800, times: 1 }] })
  await atTheGym(page, baseURL!, token(baseURL!, NORA))
  await page.getByRole('button', { name: 'Book an appointment' }).dblclick()
  await seeSignedIn(page, 'Nora')
})
