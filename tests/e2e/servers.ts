// The servers that the suites talk to: how each is started, where it listens, where it writes. Tests take addresses from here
// and spell no port themselves.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Ports far from what people use, so that a running `cargo xtask start` is never tested by mistake. */
export const PORTS = { app: 18480, studio: 18470, mail: 18475, prism: 18490, appOnPrism: 18494, kiosk: 18530, kioskDemo: 18535, kioskStudio: 18540 }

/** How many tests run at once: one a core. */
export const WORKERS = 2

/** An app for each worker, on a demo studio of its own that lets tests make it misbehave. */
export const APPS = Array.from({ length: WORKERS }, (_, worker) => ({
  port: PORTS.app + worker,
  url: `http://127.0.0.1:${PORTS.app + worker}`,
  studio: `http://127.0.0.1:${PORTS.studio + worker}`,
  /** Where the worker takes the e-mails that its app sends. */
  mail: PORTS.mail + worker,
}))

/** The gym's own site, which hands members over: what it calls itself, and what it signs with. */
export const GYM = { site: 'http://gym.example', secret: Buffer.alloc(32, 42).toString('base64') }

const proxy = process.env.FRONTDESK_PROXY ?? join(root, 'target/start/frontdesk-proxy')
const dist = process.env.FRONTDESK_DIST ?? join(root, 'dist')

// Each worker reads this file too; only the first reader makes the folder.
const data = (process.env.FRONTDESK_E2E_DATA ??= mkdtempSync(join(tmpdir(), 'frontdesk-e2e-')))

/** The apps' servers. */
export const demoServers = (): Server[] =>
  APPS.map(({ port, url, studio, mail }) =>
    proxyOn(port, {
      FRONTDESK_DEMO_LISTEN: new URL(studio).host,
      FRONTDESK_DEMO_QUIRKS: 'true',
      // Times are not kept: tests change what the studio says of them from one look to the next.
      FRONTDESK_CACHE_SLOTS: '0',
      FRONTDESK_PUBLIC_ORIGIN: url,
      FRONTDESK_SMTP_URL: `smtp://127.0.0.1:${mail}`,
      FRONTDESK_MAIL_FROM: 'Demo Studio <no-reply@studio.example>',
      FRONTDESK_HANDOFF_ISSUER: GYM.site,
      FRONTDESK_HANDOFF_KEY: GYM.secret,
      // Guesses are counted by address: each test says that it is another's.
      FRONTDESK_TRUST_FORWARDED: 'true',
    }),
  )

/**
 * Where it is ten o'clock in the morning when the suites start, so that a studio there has times left today whenever that is.
 * Each worker reads this file too, and finds what the first reader found.
 */
export const ZONE = (process.env.FRONTDESK_E2E_ZONE ??= morning(new Date().getUTCHours()))

/** The zone of that hour of ours. In these names the signs are the other way round. */
function morning(utc: number) {
  const east = (34 - utc) % 24
  return east > 12 ? `Etc/GMT+${24 - east}` : `Etc/GMT-${east}`
}

/**
 * An app for each worker that devices are paired with, in a studio of that zone. For the app it is no demo: nobody's name is
 * anywhere on its pages but on those of whoever is signed in. The demo studio is run by an app of its own, which takes
 * kiosks as well.
 */
export const KIOSKS = Array.from({ length: WORKERS }, (_, worker) => ({
  port: PORTS.kiosk + worker,
  url: `http://127.0.0.1:${PORTS.kiosk + worker}`,
  studio: `http://127.0.0.1:${PORTS.kioskStudio + worker}`,
  demoPort: PORTS.kioskDemo + worker,
  demo: `http://127.0.0.1:${PORTS.kioskDemo + worker}`,
}))

type OfKiosks = (typeof KIOSKS)[number]

const ofKiosks = { FRONTDESK_CACHE_SLOTS: '0', FRONTDESK_ZONE: ZONE, FRONTDESK_TRUST_FORWARDED: 'true' }

const kioskProxy = ({ port, url, studio }: OfKiosks) =>
  proxyOn(port, {
    ...ofKiosks,
    FRONTDESK_UPSTREAM_URL: studio,
    FRONTDESK_API_KEY: 'demo-studio-key',
    FRONTDESK_SIGN_IN: 'number,card,barcode,pin',
    FRONTDESK_PUBLIC_ORIGIN: url,
    FRONTDESK_STUDIO_NAME: 'Studio Spreebogen',
    FRONTDESK_STUDIO_PHONE: '+49 30 5550 0100',
    FRONTDESK_STUDIO_WEBSITE: 'https://studio.example',
  })

const kioskDemo = ({ demoPort, demo, studio }: OfKiosks) =>
  proxyOn(demoPort, {
    ...ofKiosks,
    FRONTDESK_DEMO_LISTEN: new URL(studio).host,
    FRONTDESK_DEMO_QUIRKS: 'true',
    FRONTDESK_PUBLIC_ORIGIN: demo,
  })

/** The apps' servers, each after its studio. */
export const kioskServers = () => KIOSKS.flatMap((kiosk) => [kioskDemo(kiosk), kioskProxy(kiosk)])

/** A code for a new kiosk, as staff make one on the proxy's machine. */
export function pairingCode(kiosk: OfKiosks, name: string, at: 'app' | 'demo' = 'app'): string {
  const [code] = staff(kiosk, at, 'pair', name).split(' ')
  if (!code) throw new Error('no code was said')
  return code
}

/** It is no kiosk any more. */
export const revoke = (kiosk: OfKiosks, name: string) => void staff(kiosk, 'app', 'revoke', name)

function staff(kiosk: OfKiosks, at: 'app' | 'demo', ...order: string[]) {
  const { env } = at === 'app' ? kioskProxy(kiosk) : kioskDemo(kiosk)
  return execFileSync(proxy, ['kiosk', ...order], { env: { ...env, RUST_LOG: 'error' }, encoding: 'utf8' })
}

/**
 * Upstreams that are not ours: Prism serving the contract. It answers what the contract says and refuses, with a 422, any
 * request that the contract does not know. Each has an app on it.
 */
export const PRISM = {
  /** The documentation's own examples. Its verdict on every wish is RESOURCE_NOT_AVAILABLE. */
  documented: prism(0, []),
  /** The same, but every wish is AVAILABLE, so that one can be booked. */
  available: prism(1, [], (text) => text.replace('example: RESOURCE_NOT_AVAILABLE', 'example: AVAILABLE')),
  /** Anything that the contract allows, another each time. */
  dynamic: prism(2, ['--dynamic']),
}

const CONTRACT = join(root, 'tests/fixtures/perfectgym-appointments.openapi.yaml')

/** Seals the sessions of the apps on Prism, which knows no customers to sign in as. */
const SESSION_KEY = Buffer.alloc(32, 7).toString('base64')

/** The cookie of a session for a customer, as the proxy would have made it. */
export function mintSession(customer: number): { name: string; value: string } {
  const mint = process.env.FRONTDESK_MINT_SESSION ?? join(root, 'target/start/examples/mint_session')
  const env = { FRONTDESK_SESSION_KEY: SESSION_KEY }
  const [name, value] = execFileSync(mint, [String(customer), 'Ada'], { env, encoding: 'utf8' }).trim().split('=', 2)
  if (!name || !value) throw new Error('mint_session printed no cookie')
  return { name, value }
}

type Prism = { url: string; upstream: string; flags: string[]; contract: () => string }

function prism(nth: number, flags: string[], change = (text: string) => text): Prism {
  const upstream = `http://127.0.0.1:${PORTS.prism + nth}`
  const contract = () => {
    const file = join(data, `contract-${nth}.yaml`)
    // Once: Prism starts anew when its file changes, and each worker comes by here.
    if (!existsSync(file)) writeFileSync(file, change(readFileSync(CONTRACT, 'utf8')))
    return file
  }
  return { url: `http://127.0.0.1:${PORTS.appOnPrism + nth}`, upstream, flags, contract }
}

/** Prism's servers, and the apps on them. */
export const prismServers = (): Server[] =>
  Object.values(PRISM).flatMap(({ url, upstream, flags, contract }) => {
    const cli = join(root, 'tests/e2e/node_modules/@stoplight/prism-cli/dist/index.js')
    const words = ['mock', '--host', '127.0.0.1', '--port', new URL(upstream).port, ...flags, contract()]
    const command = [process.execPath, cli, ...words].map((word) => `"${word}"`).join(' ')
    // Without a zone: that it is learnt from a slot is part of what is tried.
    const settings = {
      FRONTDESK_UPSTREAM_URL: upstream,
      FRONTDESK_API_KEY: 'a-key-for-prism',
      FRONTDESK_SESSION_KEY: SESSION_KEY,
    }
    return [
      // Without the key it says 401, and so it is there.
      server(command, `${upstream}/v1/appointments/bookable`),
      proxyOn(Number(new URL(url).port), settings),
    ]
  })

/** What Playwright starts before the tests and ends after them. */
export type Server = {
  command: string
  url: string
  env?: Record<string, string>
  cwd: string
  timeout: number
  reuseExistingServer: false
  stdout: 'ignore' | 'pipe'
  stderr: 'pipe'
  gracefulShutdown: { signal: 'SIGTERM'; timeout: number }
}

/** A proxy with a data folder of its own, ready when /healthz answers. */
export function proxyOn(port: number, env: Record<string, string> = {}): Server {
  const folder = join(data, String(port))
  mkdirSync(folder, { recursive: true })
  // Warnings are worth reading in a test's output; a line for each request is not.
  const own = { RUST_LOG: 'warn', FRONTDESK_LISTEN: `127.0.0.1:${port}`, FRONTDESK_DIST: dist, FRONTDESK_DATA: folder }
  return server(`"${proxy}"`, `http://127.0.0.1:${port}/healthz`, { ...own, ...env })
}

/** Any other program, ready when its address answers. */
export function server(command: string, url: string, env: Record<string, string> = {}): Server {
  return {
    command,
    url,
    env,
    cwd: root,
    timeout: 60_000,
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  }
}
