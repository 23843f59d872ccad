// The states of the pages that work without the app. In `states.ts` with the app's own.

import { randomUUID } from 'node:crypto'
import { AT, askForMail, button, email, enter, handOver, heading, nobodys, token, wrong } from './plain.ts'
import { expect, type Page } from './support.ts'
import type { Stage, State } from './states.ts'

const says = (page: Page, text: string | RegExp) => expect(page.getByRole('main').getByText(text).first()).toBeVisible()

/** An e-mail was asked for, and these digits entered. */
async function entered(page: Page, six: string) {
  await askForMail(page, nobodys())
  await enter(page, six)
}

/** The digits of an e-mail whose link somebody has used meanwhile. */
async function enteredTooLate({ page, mailbox, browser, baseURL }: Stage) {
  await askForMail(page, AT.Emil)
  const mail = await mailbox.next(AT.Emil)
  const elsewhere = await browser.newContext()
  const used = await elsewhere.request.post(`${baseURL}${mail.link}`, { headers: { Origin: baseURL } })
  expect(used.ok()).toBe(true)
  await elsewhere.close()
  await enter(page, mail.digits)
}

/** No e-mail goes; then one goes again, so that nothing is left of it but the page. */
async function whileNoMailGoes({ page, browser, baseURL, mailbox }: Stage) {
  mailbox.refuse()
  await askForMail(page, AT.Olga)
  const late = page.getByText('E-mails may not arrive just now.')
  await expect(async () => {
    await page.reload()
    await expect(late).toBeVisible({ timeout: 500 })
  }).toPass()
  mailbox.refuse(false)
  // A window of its own: a tab behind another one's may never be painted again, and whoever looks at it waits.
  const context = await browser.newContext({ baseURL })
  const another = await context.newPage()
  await askForMail(another, AT.Olga)
  await enter(another, (await mailbox.next(AT.Olga)).digits)
  await context.close()
}

async function whoOfTwo({ page, mailbox }: Stage) {
  await askForMail(page, AT.family)
  await enter(page, (await mailbox.next(AT.family)).digits)
  await expect(heading(page, 'Who are you?')).toBeVisible()
}

async function link({ page, mailbox }: Stage) {
  await askForMail(page, AT.Nora)
  const mail = await mailbox.next(AT.Nora)
  await page.goto(mail.link)
  await expect(heading(page, 'Sign in on this device')).toBeVisible()
  return mail
}

/** The app's sign-in screen, in a browser where the app does not start, filled in and sent. */
export async function postWithoutTheApp(page: Page, number: string, born: string) {
  await page.route(/\.wasm$/, () => new Promise<void>(() => {}))
  await page.goto('/sign-in?next=/bookings', { waitUntil: 'commit' })
  await page.getByLabel('Member number').fill(number)
  await page.getByLabel('Date of birth').fill(born)
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click()
}

export const plainPages: State[] = [
  { name: 'email', reach: async ({ page }) => {
      await page.goto('/sign-in/email?next=/bookings')
      await expect(heading(page, 'Sign in by e-mail')).toBeVisible()
    } },
  { name: 'email-invalid', reach: async ({ page }) => {
      await page.goto('/sign-in/email?next=/bookings')
      await email(page).fill('nora at example')
      await button(page, 'Send me an e-mail').click()
      await says(page, 'Enter a whole address, such as name@example.com.')
    } },
  { name: 'email-locked', reach: async ({ page }) => {
      const address = nobodys()
      for (let asked = 0; asked < 5; asked++) await askForMail(page, address)
      await page.goto('/sign-in/email?next=/bookings')
      await email(page).fill(address)
      await button(page, 'Send me an e-mail').click()
      await says(page, 'That was tried too often.')
    } },
  { name: 'email-code', reach: ({ page }) => askForMail(page, 'a.rather.long.name.that.somebody.has@and-a-long-host.example.org') },
  { name: 'email-code-invalid', reach: async ({ page }) => {
      await entered(page, '12 34')
      await says(page, 'Enter all six digits.')
    } },
  { name: 'email-code-wrong', reach: async ({ page, mailbox }) => {
      await askForMail(page, AT.Nora)
      const { digits } = await mailbox.next(AT.Nora)
      await enter(page, wrong(digits))
      await says(page, "Those aren't the digits. You have 4 tries left.")
    } },
  { name: 'email-code-used-up', reach: async ({ page }) => {
      await entered(page, '000000')
      for (let tries = 1; tries < 5; tries++) await enter(page, '000000')
      await says(page, 'That was tried too often. You are not signed in.')
    } },
  { name: 'email-code-expired', reach: async (stage) => {
      await enteredTooLate(stage)
      await says(stage.page, 'These digits are no longer good. You are not signed in.')
    } },
  { name: 'email-code-late', reach: whileNoMailGoes },
  { name: 'email-choose', reach: whoOfTwo },
  { name: 'email-link', reach: link },
  { name: 'email-link-gone', reach: async (stage) => {
      const mail = await link(stage)
      await button(stage.page, 'Sign in here').click()
      await expect(heading(stage.page, 'My bookings')).toBeVisible()
      await stage.page.goto(mail.link)
      await button(stage.page, 'Sign in here').click()
      await says(stage.page, 'This link is no longer good.')
    } },
  { name: 'hand-off-other', be: 'Nora', reach: async ({ page, baseURL }) => {
      await handOver(page, baseURL, token(baseURL, 5))
      await expect(heading(page, 'Somebody else is signed in')).toBeVisible()
    } },
  { name: 'hand-off-failed', reach: async ({ page, baseURL }) => {
      await handOver(page, baseURL, randomUUID())
      await says(page, "Signing in from the studio's site didn't work.")
    } },
  { name: 'posted-wrong', reach: async ({ page }) => {
      await postWithoutTheApp(page, `M-${randomUUID()}`, '1990-04-13')
      await says(page, "Number and date of birth don't match. Check both and try again.")
    } },
  { name: 'posted-incomplete', reach: async ({ page }) => {
      await postWithoutTheApp(page, '', '')
      await says(page, 'Enter your member number.')
    } },
  { name: 'kiosk-pair', reach: async ({ page }) => {
      await page.goto('/kiosk')
      await expect(heading(page, 'Pair this device')).toBeVisible()
    } },
  { name: 'builder', reach: async ({ page }) => {
      await page.goto('/embed?mode=button&theme=dark&site=www.a-gym-with-a-long-name.example')
      await says(page, 'https://www.a-gym-with-a-long-name.example may not show it.')
      await says(page, 'No site may show it yet.')
    } },
]
