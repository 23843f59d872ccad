// What a kiosk is told to be free, in place of what the proxy says; and that it is told nothing.

import type { Page, Route } from '@playwright/test'
import { answered } from './kiosk.ts'
import { ZONE } from './servers.ts'

/** The end of the studio's day, in milliseconds. */
export function midnight() {
  const east = -Number(ZONE.slice('Etc/GMT'.length)) * 3_600_000
  const day = 86_400_000
  return Math.ceil((Date.now() + east) / day) * day - east
}

/** A time that is told to be free: of what, and in how many minutes it begins; and its next ones. */
type Told = [title: string, ...minutes: number[]]

/**
 * What is free is what the test says, in place of the proxy's own answer, and as of then. Of services that there are the
 * address is right.
 */
export async function freeAs(page: Page, first: Told[], at?: number) {
  let [told, version, lost] = [first, undefined as string | undefined, false]
  await page.route('**/kiosk/free', async (route) => {
    if (lost) return route.abort('connectionrefused')
    const response = await route.fetch()
    const real = (await response.json()) as FreeToday
    const now = at ?? real.now
    const free = told.map(([title, ...minutes], nth) => {
      const known = real.free.find((service) => service.title === title)
      return { id: known?.id ?? 900 + nth, title, duration: 15, slots: minutes.map((minute) => slot(now, minute)) }
    })
    const json = { ...real, now, readAt: now, build: version ?? real.build, free: free.sort((a, b) => begins(a) - begins(b)) }
    await route.fulfill({ response, json })
  })
  return {
    /** From now on these. */
    now: (next: Told[], then?: number) => void ([told, at, lost] = [next, then, false]),
    /** From now on none. */
    never: () => void (lost = true),
    /** From now on this build of the app is said to be served; without one, the page's own. */
    build: (name?: string) => void (version = name),
  }
}

type Slot = { startDateTime: string; endDateTime: string; instructors: object[] }
type FreeToday = { now: number; readAt: number; build: string; free: { id: number; title: string; slots: Slot[] }[] }

const begins = ({ slots }: { slots: Slot[] }) => Date.parse(slots[0]?.startDateTime ?? '')

const slot = (now: number, minutes: number): Slot => {
  const at = (minutes: number) => new Date(now + Math.round(minutes * 60_000)).toISOString()
  return { startDateTime: at(minutes), endDateTime: at(minutes + 15), instructors: [] }
}

/** What is free is asked in vain: refused, or not answered. Gives the way back. */
export async function freeNever(page: Page, how: 'abort' | 'hold' = 'abort') {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const then = async (route: Route) => (how === 'abort' ? route.abort('connectionrefused') : held.then(() => route.continue()))
  await page.route('**/kiosk/free', then)
  return async () => {
    release()
    await answered(page)
    await page.unroute('**/kiosk/free', then)
  }
}
