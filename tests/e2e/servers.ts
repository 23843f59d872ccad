// The servers that the suites talk to: how each is started, where it listens, where it writes. Tests take addresses from here
// and spell no port themselves.

import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Ports far from what people use, so that a running `cargo xtask start` is never tested by mistake. */
export const PORTS = { app: 18480, studio: 18470, prism: 18490, appOnPrism: 18494 }

/** How many tests run at once: one a core. */
export const WORKERS = 2

/** An app for each worker, on a demo studio of its own that lets tests make it misbehave. */
export const APPS = Array.from({ length: WORKERS }, (_, worker) => ({
  port: PORTS.app + worker,
  url: `http://127.0.0.1:${PORTS.app + worker}`,
  studio: `http://127.0.0.1:${PORTS.studio + worker}`,
}))

const proxy = process.env.FRONTDESK_PROXY ?? join(root, 'target/start/frontdesk-proxy')
const dist = process.env.FRONTDESK_DIST ?? join(root, 'dist')

// Each worker reads this file too; only the first reader makes the folder.
const data = (process.env.FRONTDESK_E2E_DATA ??= mkdtempSync(join(tmpdir(), 'frontdesk-e2e-')))

/** The apps' servers. */
export const demoServers = (): Server[] =>
  APPS.map(({ port, studio }) =>
    proxyOn(port, { FRONTDESK_DEMO_LISTEN: new URL(studio).host, FRONTDESK_DEMO_QUIRKS: 'true' }),
  )

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
