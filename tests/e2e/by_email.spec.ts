// Signing in by e-mail, from the address to My bookings: with the digits, with the link, as one of several, and where it
// goes wrong. The e-mails are the proxy's own; all of it without a script, as the app is no part of it.

import { AT, askForMail, button, digits, email, enter, heading, nobodys, seeSignedIn, wrong } from './plain.ts'
import { beMember, expect, open, press, test, type Page } from './support.ts'

const seeBookingsOf = async (page: Page, name: string) => {
  await expect(heading(page, 'My bookings')).toBeVisible()
  await seeSignedIn(page, name)
}

test('from the sign-in screen, by the digits, on to where the member was going', async ({ page, mailbox }) => {
  await open(page, '/sign-in?next=/bookings')
  await press(page.getByRole('link', { name: 'Continue with e-mail' }))
  await email(page).fill(AT.Nora.toUpperCase())
  await press(button(page, 'Send me an e-mail'))
  const mail = await mailbox.next(AT.Nora)
  // As it is read out, or copied together with what is around it.
  await enter(page, ` ${mail.digits.slice(0, 3)} ${mail.digits.slice(3)}`)
  await seeBookingsOf(page, 'Nora')
})

test('with the keyboard alone, from the first page to the last', async ({ page, mailbox }) => {
  await page.goto('/sign-in/email?next=/bookings')
  const tabTo = async (what: ReturnType<typeof email>) => {
    for (let tabs = 0; tabs < 20 && !(await what.evaluate((it) => it === document.activeElement)); tabs++) {
      await page.keyboard.press('Tab')
    }
    await expect(what).toBeFocused()
  }
  await tabTo(email(page))
  await page.keyboard.type('olga@example')
  await page.keyboard.press('Enter')
  await expect(email(page)).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.type('.org')
  await tabTo(button(page, 'Send me an e-mail'))
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Look into your e-mail')).toBeVisible()
  await tabTo(digits(page))
  await page.keyboard.type((await mailbox.next(AT.Olga)).digits)
  await page.keyboard.press('Enter')
  await seeBookingsOf(page, 'Olga')
})

test('what is wrong is said in the title, beside its field, and the focus is in it', async ({ page, mailbox }) => {
  await page.goto('/sign-in/email')
  await press(button(page, 'Send me an e-mail'))
  await expect(page).toHaveTitle(/^Enter a whole address/)
  await expect(email(page)).toBeFocused()
  await expect(email(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(email(page)).toHaveAccessibleDescription(/Enter a whole address, such as name@example\.com\./)

  await askForMail(page, AT.Nora)
  await enter(page, '123')
  await expect(digits(page)).toBeFocused()
  await expect(digits(page)).toHaveValue('123')
  await expect(digits(page)).toHaveAccessibleDescription(/Enter all six digits\./)

  const mail = await mailbox.next(AT.Nora)
  await enter(page, wrong(mail.digits))
  await expect(page).toHaveTitle(/^Those aren't the digits\. You have 4 tries left\./)
  await expect(digits(page)).toBeFocused()
  await expect(digits(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(digits(page)).toHaveAccessibleDescription(/Those aren't the digits/)
  await enter(page, mail.digits)
  await seeSignedIn(page, 'Nora')
})

test('after five wrong tries it says so, with the focus on it, and another e-mail works', async ({ page, mailbox }) => {
  await askForMail(page, AT.Emil)
  const mail = await mailbox.next(AT.Emil)
  for (let tries = 0; tries < 5; tries++) await enter(page, wrong(mail.digits))
  const notice = page.getByRole('main').getByRole('alert')
  await expect(notice).toContainText('That was tried too often. You are not signed in.')
  await expect(notice).toBeFocused()
  await expect(digits(page)).toHaveCount(0)
  await press(page.getByRole('link', { name: 'Send another e-mail' }))
  await email(page).fill(AT.Emil)
  await press(button(page, 'Send me an e-mail'))
  await enter(page, (await mailbox.next(AT.Emil)).digits)
  await seeBookingsOf(page, 'Emil')
})

test('whoever shares an address says who they are, and is signed in as nobody else', async ({ page, mailbox }) => {
  await askForMail(page, AT.family)
  await enter(page, (await mailbox.next(AT.family)).digits)
  await expect(heading(page, 'Who are you?')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(2)
  await press(page.getByRole('button', { name: 'Ben' }))
  await seeBookingsOf(page, 'Ben')
  await page.goBack()
  // Good once: the page is not there any more, and begins anew.
  await page.goto('/sign-in/email/choose?next=/bookings')
  await expect(heading(page, 'Sign in by e-mail')).toBeVisible()
})

test('the link signs in where it is opened, also in another browser, and once', async ({ page, browser, baseURL, mailbox }) => {
  await askForMail(page, AT.Nora)
  const mail = await mailbox.next(AT.Nora)
  const other = await browser.newContext({ baseURL: baseURL! })
  const phone = await other.newPage()
  await phone.goto(mail.link)
  // Opening it uses nothing up: programs that look through e-mails do.
  await phone.reload()
  await press(button(phone, 'Sign in here'))
  await seeBookingsOf(phone, 'Nora')

  await enter(page, mail.digits)
  await expect(page.getByRole('alert')).toContainText('These digits are no longer good.')
  await page.goto(mail.link)
  await press(button(page, 'Sign in here'))
  await expect(page.getByRole('alert')).toContainText('This link is no longer good. You are not signed in.')
  await expect(page.getByRole('alert')).toBeFocused()
  await press(page.getByRole('link', { name: 'Send another e-mail' }))
  await expect(email(page)).toBeVisible()
  await other.close()
})

test('the page for the digits can be loaded again, also as the answer to wrong ones, and costs no try', async ({ page, mailbox }) => {
  await askForMail(page, AT.Nora)
  const mail = await mailbox.next(AT.Nora)
  await page.reload()
  await page.reload()
  await enter(page, wrong(mail.digits))
  await expect(digits(page)).toHaveAccessibleDescription(/You have 4 tries left/)
  await page.goto(page.url())
  await expect(digits(page)).toHaveAccessibleDescription(/Good for ten minutes/)
  await enter(page, mail.digits)
  await seeBookingsOf(page, 'Nora')
})

for (const [which, press2] of [['Sign in', 'the digits'], ['Sign in here', 'the link']] as const) {
  test(`two presses on "${which}" are one: ${press2} sign in all the same`, async ({ page, mailbox, studio }) => {
    await askForMail(page, AT.Nora)
    const mail = await mailbox.next(AT.Nora)
    if (which === 'Sign in') await digits(page).fill(mail.digits)
    else await page.goto(mail.link)
    await studio.quirks({ calls: [{ operation: 'searchCustomers', delayMillis: 800, times: 1 }] })
    await button(page, which).dblclick()
    await seeBookingsOf(page, 'Nora')
  })
}

test('an address that nobody has is told the same as any other', async ({ page }) => {
  const address = nobodys()
  await askForMail(page, address)
  await expect(page.getByText(`We've written to ${address}, if the studio knows it.`)).toBeVisible()
})

test('in German all along, and the choice of language keeps the step', async ({ page, mailbox }) => {
  await askForMail(page, AT.family)
  await page.getByRole('banner').getByRole('link', { name: 'DE' }).click()
  await expect(heading(page, 'Sieh in deine E-Mails')).toBeVisible()
  await page.getByLabel('Sechs Ziffern').fill((await mailbox.next(AT.family)).digits)
  await button(page, 'Anmelden').click()
  await expect(heading(page, 'Wer bist du?')).toBeVisible()
})

test('signing out everywhere ends the session in the other browser too', async ({ page, context, browser, baseURL }) => {
  await beMember(context, baseURL!, 'Henry')
  const other = await browser.newContext({ baseURL: baseURL! })
  await beMember(other, baseURL!, 'Henry')
  const theirs = await other.newPage()
  await open(theirs, '/bookings')
  await seeBookingsOf(theirs, 'Henry')
  const ended = await context.request.post('/session/everywhere', { headers: { Origin: baseURL! } })
  expect(ended.ok()).toBe(true)
  for (const each of [page, theirs]) {
    await open(each, '/bookings')
    await expect(heading(each, 'Sign in')).toBeVisible()
  }
  await other.close()
})
