// What a device still knows: every place where a browser keeps something, asked from outside. What is looked for never goes into the
// page as a text, or the search would find itself.

import type { CDPSession, Page } from '@playwright/test'

/** The memory of a page. */
export class Memory {
  private constructor(private readonly devtools: CDPSession) {}

  static async of(page: Page) {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('HeapProfiler.enable')
    return new Memory(devtools)
  }

  /** Those of the texts that the scripts' memory holds, as a snapshot of it has them; whatever nobody needs is gone by then. */
  async heap(texts: string[]) {
    const parts: string[] = []
    const take = ({ chunk }: { chunk: string }) => void parts.push(chunk)
    this.devtools.on('HeapProfiler.addHeapSnapshotChunk', take)
    await this.devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
    this.devtools.off('HeapProfiler.addHeapSnapshotChunk', take)
    const snapshot = parts.join('')
    if (!snapshot.includes('"strings"')) throw new Error('no snapshot came')
    return texts.filter((text) => snapshot.includes(text))
  }

  /** Those of them that lie in the app's own memory; `of` how many apps there are. */
  async app(texts: string[]) {
    const prototype = await this.devtools.send('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' })
    const { objects } = await this.devtools.send('Runtime.queryObjects', { prototypeObjectId: prototype.result.objectId! })
    const answer = await this.devtools.send('Runtime.callFunctionOn', {
      objectId: objects.objectId!,
      functionDeclaration: `function (wanted) {
        const finds = (bytes, text) => {
          for (let at = bytes.indexOf(text[0]); at >= 0; at = bytes.indexOf(text[0], at + 1))
            if (text.every((byte, nth) => bytes[at + nth] === byte)) return true
          return false
        }
        const all = this.map((memory) => new Uint8Array(memory.buffer))
        return [all.length, wanted.map((text) => all.some((bytes) => finds(bytes, text)))]
      }`,
      arguments: [{ value: texts.map((text) => [...Buffer.from(text)]) }],
      returnByValue: true,
    })
    const [apps, found] = answer.result.value as [number, boolean[]]
    return { apps, found: texts.filter((_, nth) => found[nth]) }
  }

  /** How large the app's own memory has grown, of all apps that there are. */
  async appBytes() {
    const prototype = await this.devtools.send('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' })
    const { objects } = await this.devtools.send('Runtime.queryObjects', { prototypeObjectId: prototype.result.objectId! })
    const answer = await this.devtools.send('Runtime.callFunctionOn', {
      objectId: objects.objectId!,
      functionDeclaration: 'function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0) }',
      returnByValue: true,
    })
    return answer.result.value as number
  }

  /** What is held at a moment, after everything that can go has gone: a page that was left takes the browser some rounds. */
  async sizes() {
    const rounds = []
    for (let round = 0; round < 4; round++) {
      await this.devtools.send('HeapProfiler.collectGarbage')
      const { usedSize } = await this.devtools.send('Runtime.getHeapUsage')
      const { nodes, jsEventListeners, documents } = await this.devtools.send('Memory.getDOMCounters')
      rounds.push({ heap: usedSize, nodes, listeners: jsEventListeners, documents })
    }
    const least = (what: keyof (typeof rounds)[number]) => Math.min(...rounds.map((round) => round[what]))
    return { heap: least('heap'), nodes: least('nodes'), listeners: least('listeners'), documents: least('documents') }
  }

  close() {
    return this.devtools.detach()
  }
}

/** Everything that the page and its site keep on the device, as one text; of cookies the names alone, as their values are sealed. */
export async function kept(page: Page) {
  const cookies = (await page.context().cookies()).map(({ name }) => name)
  const site = await page.evaluate(async () => ({
    document: document.documentElement.outerHTML,
    title: document.title,
    address: location.href,
    state: history.state,
    window: window.name,
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    timings: performance.getEntries().map(({ name }) => name),
  }))
  return { ...site, cookies }
}

/** Which of these addresses the browser would answer without asking anybody. */
export const cached = (page: Page, addresses: string[]) =>
  page.evaluate(async (addresses) => {
    const ask = async (address: string) => {
      const answer = await fetch(address, { cache: 'only-if-cached', mode: 'same-origin' }).catch(() => undefined)
      return answer?.ok ? [address] : []
    }
    return (await Promise.all(addresses.map(ask))).flat()
  }, addresses)
