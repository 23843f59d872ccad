// First in the head of pages that may stand in a frame of a gym's site, and of no effect in any other: takes on the look that
// the site's page wants, before anything is painted, and tells it what happens here. docs/embed.md has the messages.
(() => {
  const host = window.parent
  if (host === window) return

  look()

  // What may be told, and of each which fields: ids and times, nothing of the member.
  const TIME = ['bookingId', 'start', 'end']
  const TOLD = {
    __proto__: null,
    step: ['step'],
    booked: TIME,
    moved: TIME,
    cancelled: ['bookingId'],
    'signed-in': [],
    'signed-out': [],
    failed: ['reason'],
  }
  const KEPT = 20

  let port
  let kept = []
  let height
  let started = false
  let isReady = false
  let token

  // Which site may frame this the browser sees to (frame-ancestors), so whoever is around it may have the port. The last one
  // is used: each page is given two, one when it says hello and one when it has loaded.
  function connect({ source, data, ports }) {
    if (source !== host || data?.frontdesk !== 1 || data.type !== 'connect' || !ports[0]) return
    port = ports[0]
    port.onmessage = take
    // Nothing to tell yet is told too: that somebody is here.
    send({ type: 'connected' })
    ready()
    measure()
    kept.forEach(send)
    kept = []
  }

  const send = (told) => port.postMessage(told)

  function ready() {
    if (started && !isReady) send({ type: 'ready', version: 1 })
    isReady = started
  }

  // The app says what happened as an event, and knows of no frame.
  function hear({ detail }) {
    const told = only(detail)
    if (!told) return
    // The app has started when it first shows something.
    started ||= told.type === 'step'
    handOn()
    if (!port) return void (kept = [...kept, told].slice(-KEPT))
    ready()
    send(told)
  }

  // The site's page says who the member is, by a token. It goes to the app as soon as that is there, and is kept nowhere.
  function take({ data }) {
    if (data?.type !== 'token' || typeof data.token !== 'string') return
    token = data.token
    handOn()
  }

  // Not while the app is telling something.
  function handOn() {
    if (!started || !token) return
    const event = new CustomEvent('frontdesk:hand-off', { detail: token, bubbles: true })
    token = ''
    queueMicrotask(() => document.dispatchEvent(event))
  }

  // What may be told of it, or nothing where it is something else.
  function only(text) {
    const said = parsed(text)
    const fields = TOLD[said?.type]?.filter((name) => /^(string|number)$/.test(typeof said[name]))
    return fields && { type: said.type, ...Object.fromEntries(fields.map((name) => [name, said[name]])) }
  }

  function parsed(text) {
    try {
      return JSON.parse(text)
    } catch {
      return null
    }
  }

  // The content's height, and not the page's, which is never less than the frame's. A frame that is not shown has no width,
  // and what it measures is nobody's.
  function measure() {
    const content = document.getElementById('app') ?? document.body
    const is = Math.ceil(content.getBoundingClientRect().bottom + window.scrollY)
    if (!port || !window.innerWidth || is <= 0 || is === height) return
    height = is
    send({ type: 'height', height })
  }

  // Escape that nothing here has taken closes the dialog around this.
  function escape(event) {
    const isTaken = event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')
    if (event.key === 'Escape' && !isTaken && port) send({ type: 'escape' })
  }

  // What the frame's address asks for holds for the pages after it, too, which have other addresses.
  function look() {
    const root = document.documentElement
    const asked = new URLSearchParams(location.search)
    const [theme, brand] = ['theme', 'brand'].map((name) => remembered(name, asked.get('place') && (asked.get(name) ?? '')))
    root.dataset.place = 'embed'
    if (/^(light|dark)$/.test(theme)) root.dataset.theme = theme
    if (/^[0-9a-f]{6}$/i.test(brand)) paint(root.style, brand)
  }

  // Where a browser keeps nothing for a frame, the later pages have the studio's own look.
  function remembered(name, value) {
    try {
      if (value !== null) sessionStorage.setItem('frontdesk-' + name, value)
      return sessionStorage.getItem('frontdesk-' + name)
    } catch {
      return value
    }
  }

  // Words on the colour are black or white, whichever can be read better (WCAG 2's luminance): one is above 4.5 to 1.
  function paint(style, brand) {
    const linear = (at) => (parseInt(brand.slice(at, at + 2), 16) / 255) ** 2.2
    const isLight = 0.2126 * linear(0) + 0.7152 * linear(2) + 0.0722 * linear(4) > 0.18
    style.setProperty('--brand', '#' + brand)
    style.setProperty('--on-brand', isLight ? '#000' : '#fff')
    style.setProperty('--spark', 'oklch(from var(--brand) 85% min(c, 0.15) h)')
  }

  function watch() {
    // A page that is drawn without the app waits for none.
    started ||= document.body.hasAttribute('data-plain')
    if (port) ready()
    new ResizeObserver(measure).observe(document.getElementById('app') ?? document.body)
    greet()
  }

  // The site's page connects at the frame's load; or now, if it is greeted, so that what is drawn already is shown. Where the
  // browser does not say which site it is (a page that came from another in the frame), the load does.
  function greet() {
    const site = location.ancestorOrigins?.[0] ?? document.referrer
    if (/^https?:/.test(site)) host.postMessage({ frontdesk: 1, type: 'hello' }, new URL(site).origin)
  }

  window.addEventListener('message', connect)
  document.addEventListener('frontdesk', hear)
  document.addEventListener('keydown', escape)
  // Once all that was drawn is read, and before the app has come.
  if (document.readyState === 'loading') document.addEventListener('readystatechange', watch, { once: true })
  else watch()
})()
