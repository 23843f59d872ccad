// A gym's own site around the app: pages that a test writes, on another site than the app's, and an app that it may show. And a
// stand-in for the app, a page that does in the frame what the test says, so that the scripts of the embed are tried by
// themselves.

import { createServer, type IncomingMessage, type Server as Http, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GYM, WORKERS, proxyOn } from './servers.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** For browsers that meet these: sites of which no name is known elsewhere. */
export const NAMES = '--host-resolver-rules=MAP *.test 127.0.0.1'

/**
 * An app for each worker that may stand in frames of the gym's pages, and who is around it. By `localhost` a browser takes it
 * for as good as TLS, and so a frame may keep a cookie; by the other names it does not.
 */
export const EMBEDS = Array.from({ length: WORKERS }, (_, worker) => {
  const [app, studio, sitePort] = [18500 + worker, 18510 + worker, 18520 + worker]
  return {
    port: app,
    url: `http://localhost:${app}`,
    studio: `http://127.0.0.1:${studio}`,
    sitePort,
    gym: `http://www.gym.test:${sitePort}`,
    /** Another site that may. */
    partner: `http://www.partner.test:${sitePort}`,
    /** One that may not. */
    stranger: `http://www.stranger.test:${sitePort}`,
    /** The gym's page by a name of the app's own site. */
    sameSite: `http://localhost:${sitePort}`,
    /** The app by a name of no site, and without TLS. */
    inTheClear: `http://book.elsewhere.test:${app}`,
  }
})

/** The apps' servers. */
export const embedServers = () =>
  EMBEDS.map(({ port, url, studio, gym, partner, sameSite, inTheClear }) =>
    proxyOn(port, {
      FRONTDESK_DEMO_LISTEN: new URL(studio).host,
      FRONTDESK_DEMO_QUIRKS: 'true',
      FRONTDESK_CACHE_SLOTS: '0',
      FRONTDESK_PUBLIC_ORIGIN: [url, inTheClear].join(','),
      FRONTDESK_FRAME_ANCESTORS: [gym, partner, sameSite].join(','),
      FRONTDESK_HANDOFF_ISSUER: GYM.site,
      FRONTDESK_HANDOFF_KEY: GYM.secret,
    }),
  )

type Headers = Record<string, string>
type Answer = { type: string; body: string; headers?: Headers; after?: Promise<void> }

/** A server on this machine, with every address that was asked of it. */
class Server {
  readonly asked: string[] = []
  private http: Http

  protected constructor(private readonly answer: (path: string) => Answer | undefined) {
    this.http = createServer((request, response) => void this.serve(request, response))
  }

  protected async listen(port: number) {
    await new Promise<void>((resolve) => this.http.listen(port, '127.0.0.1', resolve))
    return (this.http.address() as AddressInfo).port
  }

  close() {
    this.http.closeAllConnections()
    return new Promise<void>((resolve) => this.http.close(() => resolve()))
  }

  private async serve(request: IncomingMessage, response: ServerResponse) {
    const address = request.url ?? '/'
    this.asked.push(address)
    const answer = this.answer(new URL(address, 'http://any').pathname)
    await answer?.after
    // What a browser asks for by itself is nothing to write into its console.
    if (!answer) return void response.writeHead(address === '/favicon.ico' ? 204 : 404).end()
    const { type, body, headers } = answer
    response.writeHead(200, { 'Content-Type': type, ...headers }).end(body)
  }
}

/** The gym's site: `http://127.0.0.1:PORT`. */
export class Site extends Server {
  private readonly pages = new Map<string, Answer>()
  url = ''

  static async open(port = 0): Promise<Site> {
    const site = new Site((path) => site.pages.get(path))
    site.url = `http://127.0.0.1:${await site.listen(port)}`
    return site
  }

  /** Puts a page there, and says where. */
  put(path: string, body: string, headers: Headers = {}, charset = 'utf-8') {
    const head = `<!doctype html><html lang="en"><meta charset="${charset}">
      <meta name="viewport" content="width=device-width"><title>A gym</title>`
    this.pages.set(path, { type: 'text/html', body: head + body, headers })
    return this.url + path
  }

  /** A script, for pages whose policy takes no other. */
  script(path: string, body: string) {
    this.pages.set(path, { type: 'text/javascript', body })
    return this.url + path
  }

  /** A style sheet, likewise. */
  style(path: string, body: string) {
    this.pages.set(path, { type: 'text/css', body })
    return this.url + path
  }
}

/** What stands in for the app's page, by the service that is asked for. Each is what some proxy could answer. */
const FRAMES: Record<string, (slow: Promise<void>) => Answer> = {
  refused: () => ({ ...framed(), headers: { 'Content-Security-Policy': "frame-ancestors 'none'" } }),
  slow: (after) => ({ ...framed(), after }),
  // Says nothing until `speak()`: an app that comes late, or one of another version, or any other page.
  silent: () => page('<script src="/by-hand.js"></script>'),
  plain: () => framed(' data-plain'),
}

/** As the proxy's pages: the script is first in the head, and marks the root. */
const page = (head: string, mark = ''): Answer => ({
  type: 'text/html',
  body: `<!doctype html><html lang="en"${mark}><head>${head}<title>Frame</title></head>
    <body${mark} style="margin: 0; min-height: 100vh"><div id="app" style="block-size: 400px"><button>In the frame</button></div>`,
})

const framed = (mark = '') => page('<script src="/frame.js"></script>', mark)

/** Takes the port as `frame.js` would, and lets a test say anything at all through it. */
const BY_HAND = `
  const ports = []
  const heard = []
  addEventListener('message', ({ data, ports: [port] }) => { heard.push(data); ports.push(port) })
  const speak = (told) => ports.at(-1).postMessage(told)
`

/** In the proxy's place, with the scripts as they lie in `public/`: `http://localhost:PORT`, which is another site. */
export class StandIn extends Server {
  url = ''
  /** Lets the slow page come. */
  release: () => void = () => {}
  private slow = new Promise<void>((resolve) => (this.release = resolve))

  static async open(): Promise<StandIn> {
    const standIn = new StandIn((path) => standIn.of(path))
    standIn.url = `http://localhost:${await standIn.listen(0)}`
    return standIn
  }

  /** The pages that were asked of it, in order. */
  get frames() {
    return this.asked.filter((address) => !address.includes('.'))
  }

  private of(path: string): Answer | undefined {
    if (path === '/by-hand.js') return { type: 'text/javascript', body: BY_HAND }
    if (path.endsWith('.js')) return script(path)
    return FRAMES[path.split('/').pop() ?? '']?.(this.slow) ?? framed()
  }
}

const script = (path: string): Answer => ({
  type: 'text/javascript',
  body: readFileSync(join(root, 'public', path), 'utf8'),
  // A page that isolates itself takes scripts of others with this alone.
  headers: { 'Cross-Origin-Resource-Policy': 'cross-origin' },
})
