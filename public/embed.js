// Frontdesk on a gym's own page: docs/embed.md.
(() => {
  if (window.Frontdesk) return Frontdesk.scan()

  const PROXY = new URL(document.currentScript.src).origin
  const NAMES = ['service', 'category', 'trainer', 'lang', 'theme', 'brand', 'mode', 'label', 'height', 'token']

  // What the frame may tell: ids and times, nothing of the member.
  const TYPES = 'connected ready height step booked moved cancelled signed-in signed-out failed escape'.split(' ')
  const FIELDS = 'version height step bookingId start end reason'.split(' ')

  // Taken where a policy refuses <style>. From now on the box reserves the height.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    :host { display: block; min-height: 0 !important }
    div { display: flow-root; position: relative; min-height: var(--height) }
    .loading { background: repeating-linear-gradient(#8883 0 72px, #0000 0 88px) }
    :is(.loading, .shown) > :not(iframe, :focus-within) { display: none }
    iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0 }
    :not(.shown) > iframe { visibility: hidden }
    button { min-height: 44px; padding: 0 20px; border: 0; border-radius: 8px; font: inherit; cursor: pointer;
      background: var(--brand); color: oklch(from var(--brand) calc(99 * (.57 - l)) 0 0) }
    dialog { width: min(720px, 100%); max-width: none; max-height: none; padding: 0 0 8px; border: 0; border-radius: 16px; text-align: start }
    dialog button { display: block; margin-inline-start: auto; background: none; color: inherit }
    dialog div { height: var(--height); min-height: 0; max-height: calc(100dvh - 84px) }
  `)

  const make = (tag, properties, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...inside)
    return element
  }

  function address({ service, category, trainer, lang, theme, brand }, place) {
    const query = { ...(service ? { trainer } : { category }), lang, ...(place && { place, theme, brand }) }
    const url = new URL(service ? '/services/' + encodeURIComponent(service) : '/', PROXY)
    for (const name in query) if (query[name]) url.searchParams.set(name, query[name])
    return url.href
  }

  // Each page gets a channel at its load, and where it says hello.
  function frame(box, iframe, hear, signal) {
    let waiting
    const looks = (name) => (clearTimeout(waiting), box.className = name)
    const connect = () => {
      const channel = new MessageChannel()
      channel.port1.onmessage = ({ data }) => {
        looks('shown')
        if (TYPES.includes(data?.type)) hear(data.type, JSON.parse(JSON.stringify(data, FIELDS)), channel.port1)
      }
      // Dropped by the browser unless the page is of that origin.
      iframe.contentWindow.postMessage({ frontdesk: 1, type: 'connect' }, PROXY, [channel.port2])
    }
    iframe.onload = () => {
      connect()
      clearTimeout(waiting)
      waiting = setTimeout(() => {
        looks('')
        hear('failed', { reason: 'refused' })
      }, 5000)
    }
    addEventListener('message', ({ source, origin, data }) => {
      if (source === iframe.contentWindow && origin === PROXY && data?.frontdesk === 1) connect()
    }, { signal })
    signal.addEventListener('abort', () => clearTimeout(waiting))
    looks('loading')
    box.append(iframe)
  }

  // Never before the page's `load`, which would wait for it.
  function whenNear(element, then, signal) {
    const near = new IntersectionObserver((all) => {
      if (all.some((one) => one.isIntersecting)) near.disconnect(then())
    }, { rootMargin: '300px' })
    const observe = () => near.observe(element)
    if (document.readyState === 'complete') observe()
    else addEventListener('load', observe, { signal })
    signal.addEventListener('abort', () => near.disconnect())
  }

  const preconnect = make('link', { rel: 'preconnect', href: PROXY })

  function touched(element, then, signal) {
    element.addEventListener('pointerenter', then, { signal })
    element.addEventListener('focusin', then, { signal })
  }

  function stand(element, root, signal) {
    document.head.append(preconnect)
    const wish = Object.fromEntries(NAMES.map((name) => [name, element.getAttribute(name)]))
    wish.brand = wish.brand?.slice(-6)
    const { lang, mode, theme, brand } = wish
    const [book, close] = /^de/i.test(lang || navigator.language) ? ['Termin buchen', 'Schlie\xdfen'] : ['Book an appointment', 'Close']
    const title = wish.label || book
    const isInline = !/^(button|dialog)$/.test(mode)

    const link = make('a', { href: address(wish), target: '_blank' }, title)
    const box = make('div', {}, isInline ? make('slot', {}, link) : link)
    const reserve = (height) => height > 0 && box.style.setProperty('--height', height + 'px')
    reserve(640)
    reserve(wish.height)

    let loads, opener, dialog, pages = 0, isFirst
    const load = () => {
      if (!loads) frame(box, make('iframe', { src: address(wish, 'embed'), title, referrerPolicy: 'origin' }), hear, signal)
      loads = true
    }
    const hear = (type, detail, from) => {
      if (type === 'escape') return dialog?.close()
      // Good once, so nobody finds it afterwards.
      const give = () => {
        from.postMessage({ type: 'token', token: element.getAttribute('token') })
        element.removeAttribute('token')
      }
      if (type === 'connected') return give(element.give = give)
      reserve(detail.height)
      // A new screen begins in sight; the first moves nothing.
      if (/ready|step/.test(type)) {
        const isNew = type === 'ready' ? pages++ : !isFirst
        isFirst = type === 'ready'
        if (isInline && isNew && element.getBoundingClientRect().top < 0) element.scrollIntoView()
      }
      ;(element.teller ?? element).dispatchEvent(new CustomEvent('frontdesk:' + type, { detail, bubbles: true, composed: true }))
    }
    const open = (event) => {
      if (event?.ctrlKey || event?.metaKey || event?.shiftKey) return
      event?.preventDefault()
      opener = event?.target.closest('a, button')
      load()
      dialog.showModal()
    }

    touched(element, load, signal)
    if (isInline) {
      root.append(box)
      return whenNear(element, load, signal)
    }
    const shut = make('button', { ariaLabel: close, onclick: () => dialog.close() }, '\u2715')
    dialog = make('dialog', { ariaLabel: title, closedBy: 'any' }, shut, box)
    // Safari alone would not.
    dialog.onclose = () => opener?.focus({ preventScroll: true })
    dialog.style.colorScheme = theme || 'light dark'
    const trigger = make(mode === 'button' ? mode : 'slot', { part: 'button', onclick: open }, title)
    trigger.style.setProperty('--brand', '#' + (brand || '0d5445'))
    root.append(trigger, dialog)
    Object.assign(element, { load, open })
  }

  customElements.define('frontdesk-booking', class extends HTMLElement {
    static observedAttributes = NAMES
    #root = this.attachShadow({ mode: 'open' })
    #on

    connectedCallback() {
      if (this.#on) return
      this.#on = new AbortController()
      this.#root.adoptedStyleSheets = [sheet]
      stand(this, this.#root, this.#on.signal)
    }

    disconnectedCallback() {
      this.#on?.abort()
      this.#on = this.give = null
      this.#root.replaceChildren()
    }

    // In the same frame another wish would be a step for Back.
    attributeChangedCallback(name, before, now) {
      if (name === 'token') return now && this.give?.()
      if (!this.#on || before === now) return
      this.disconnectedCallback()
      queueMicrotask(() => this.isConnected && this.connectedCallback())
    }
  })

  // For builders that leave attributes alone.
  function adopt(element) {
    const booking = make('frontdesk-booking', {}, make('slot'))
    for (const name of NAMES) booking.setAttribute(name, element.getAttribute('data-frontdesk-' + name) ?? '')
    element.removeAttribute('data-frontdesk-token')
    try {
      element.attachShadow({ mode: 'open' }).append(booking)
    } catch {
      triggers(element, booking)
    }
  }

  // A link holds no shadow: its dialog is elsewhere, and goes with it.
  function triggers(element, booking) {
    booking.setAttribute('mode', 'dialog')
    booking.style.position = 'absolute'
    booking.teller = element
    const dialog = () => {
      if (booking.isConnected) return booking
      document.body.append(booking)
      const watch = new MutationObserver(() => element.isConnected || watch.disconnect(booking.remove()))
      watch.observe(document, { childList: true, subtree: true })
      return booking
    }
    touched(element, () => dialog().load())
    element.addEventListener('click', (event) => dialog().open(event))
  }

  const seen = new WeakSet()
  function scan(root = document) {
    for (const element of root.querySelectorAll('[data-frontdesk-booking]')) {
      if (!seen.has(element)) adopt(element, seen.add(element))
    }
  }

  window.Frontdesk = { scan }
  scan()
  addEventListener('DOMContentLoaded', () => scan())
})()
