// What a person does on the pages that work without the app: by e-mail, and coming from the gym's own site.

import { createHmac, randomUUID } from 'node:crypto'
import { GYM } from './servers.ts'
import { expect, type Page } from './support.ts'

/** Of the demo's members, where they read e-mails; Clara and Ben share one. */
export const AT = { Nora: 'nora@example.org', Emil: 'emil@example.org', Olga: 'olga@example.org', family: 'familie.brandt@example.org' }

/** An address that nobody has, and nobody has asked about. */
export const nobodys = () => `${randomUUID()}@example.org`

export const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
export const email = (page: Page) => page.getByLabel('E-mail address')
export const digits = (page: Page) => page.getByLabel('Six digits')
export const button = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true })

/** Who is signed in, by the first name; a phone has no room to show it. */
export async function seeSignedIn(page: Page, as: string | undefined) {
  const who = async () => (await (await page.request.get('/session')).json()).firstName
  await expect.poll(who, { message: 'signed in as' }).toBe(as)
}

/** Says which address, and sees that an e-mail is on its way. */
export async function askForMail(page: Page, address: string, next = '/bookings') {
  await page.goto(`/sign-in/email?next=${encodeURIComponent(next)}`)
  await email(page).fill(address)
  await button(page, 'Send me an e-mail').click()
  await expect(heading(page, 'Look into your e-mail')).toBeVisible()
}

export async function enter(page: Page, six: string) {
  await digits(page).fill(six)
  await button(page, 'Sign in').click()
}

/** Six others. */
export const wrong = (six: string) => String((Number(six) + 1) % 1_000_000).padStart(6, '0')

const part = (value: object | Buffer) =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url')

/** What the gym's own site signs for the member of this number (`docs/hand-off.md`). */
export function token(baseURL: string, member: number, secret = GYM.secret) {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: GYM.site, aud: baseURL, sub: String(1_200_000_000 + member), iat: now, exp: now + 60, jti: randomUUID() }
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${part(createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest())}`
}

/** On the gym's own site, another one than ours: one button, that sends a member over. */
export async function atTheGym(page: Page, baseURL: string, token: string, next = '/bookings') {
  const body = `<!doctype html><title>Gym</title><form method="post" action="${baseURL}/sign-in/hand-off">
    <input type="hidden" name="token" value="${token}"><input type="hidden" name="next" value="${next}">
    <button>Book an appointment</button></form>`
  await page.route(`${GYM.site}/**`, (route) => route.fulfill({ contentType: 'text/html', body }))
  await page.goto(`${GYM.site}/`)
}

export async function handOver(page: Page, baseURL: string, token: string, next?: string) {
  await atTheGym(page, baseURL, token, next)
  await page.getByRole('button', { name: 'Book an appointment' }).click()
}
