// The browser of all suites: Debian's Chromium, or the one that CHROMIUM names; never a downloaded one.

// Without a screen, a user or the wide network; as root it refuses its sandbox.
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const launchOptions = { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args }
