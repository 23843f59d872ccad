// What nobody sees at a kiosk: what is sent, what was in the page for a moment, and whose a session is.

import type { BrowserContext, Page } from '@playwright/test'

/** The value of a cookie of the device. */
export async function cookie(context: BrowserContext, name: string) {
  const all = await context.cookies()
  return all.find((cookie) => cookie.name === name)?.value
}

/** Who the proxy says a session is of, with the kiosk's own cookie beside it, as a device that kept both would ask. */
export async function whose(context: BrowserContext, baseURL: string, session: string) {
  const kiosk = await cookie(context, 'frontdesk-kiosk')
  const answer = await fetch(`${baseURL}/session`, { headers: { Cookie: `frontdesk=${session}; frontdesk-kiosk=${kiosk}` } })
  return ((await answer.json()) as { firstName?: string }).firstName
}

/** Every sign-in at the kiosk that the page sends. */
export function scans(page: Page): string[] {
  const sent: string[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/session/kiosk') sent.push(request.method())
  })
  return sent
}

/** Which of these were in the page at any time, in a text, an attribute or its title: fills as they are seen. */
export async function watchFor(page: Page, texts: string[]): Promise<string[]> {
  const seen: string[] = []
  await page.exposeFunction('seenByTest', (text: string) => seen.push(text))
  await page.addInitScript((texts) => {
    const look = () => {
      const all = document.documentElement?.outerHTML ?? ''
      for (const text of texts) if (all.includes(text)) (window as any).seenByTest(text)
    }
    // Before the page goes on: what was there for a moment counts.
    const watch = new MutationObserver((changes) => {
      const added = changes.flatMap(({ addedNodes, target }) => [...addedNodes, target])
      const all = added.map((node) => (node instanceof Element ? node.outerHTML : node.textContent) ?? '').join('\n')
      for (const text of texts) if (all.includes(text)) (window as any).seenByTest(text)
      look()
    })
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  }, texts)
  return seen
}
