// A mail server on loopback, for what the app's proxy sends: as much of SMTP as it takes. Lives in the test's own process.

import { EventEmitter, once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

export type Mail = {
  to: string
  /** Six, to be typed. */
  digits: string
  /** The path of its link. */
  link: string
}

export class Mailbox {
  private readonly arrived: Mail[] = []
  private readonly news = new EventEmitter()
  private readonly talks = new Set<Socket>()
  private refusal = ''
  private readonly server: Server

  private constructor() {
    this.server = createServer((socket) => void this.talk(socket).catch(() => socket.destroy()))
  }

  static async open(port: number): Promise<Mailbox> {
    const mailbox = new Mailbox()
    await once(mailbox.server.listen(port, '127.0.0.1'), 'listening')
    return mailbox
  }

  async close() {
    this.talks.forEach((socket) => socket.destroy())
    this.server.close()
    await once(this.server, 'close')
  }

  /** From now on it takes nothing, or everything again. */
  refuse(everything = true) {
    this.refusal = everything ? '554 not today' : ''
  }

  /** The next that comes to somebody, or has come. Nobody gets it twice. */
  async next(to: string): Promise<Mail> {
    for (;;) {
      const found = this.arrived.findIndex((mail) => mail.to === to)
      const [mail] = found < 0 ? [] : this.arrived.splice(found, 1)
      if (mail) return mail
      await once(this.news, 'mail')
    }
  }

  /** What an earlier test asked for is nobody's. */
  empty() {
    this.arrived.length = 0
    this.refuse(false)
  }

  private async talk(socket: Socket) {
    this.talks.add(socket.on('close', () => this.talks.delete(socket)).on('error', () => socket.destroy()))
    const say = (line: string) => socket.write(`${line}\r\n`)
    let to = ''
    let text: string[] | undefined
    say('220 mailbox')
    for await (const line of createInterface(socket)) {
      if (text && line === '.') {
        this.take(to, text.join('\n'))
        text = undefined
        say('250 taken')
      } else if (text) {
        text.push(line)
      } else if (line.startsWith('RCPT')) {
        to = /<(.*)>/.exec(line)?.[1] ?? ''
        say(this.refusal || '250 yes')
      } else if (line === 'DATA') {
        text = []
        say('354 go on')
      } else if (line === 'QUIT') {
        say('221 bye')
        return void socket.end()
      } else {
        say('250 yes')
      }
    }
  }

  private take(to: string, quoted: string) {
    // Quoted-printable: long lines are broken after an equals sign, and one that is meant is written =3D.
    const text = quoted.replace(/=\n/g, '').replace(/=3D/g, '=')
    const digits = /^\s*(\d{6})\s*$/m.exec(text)?.[1] ?? ''
    const link = /\/sign-in\/link\/[\w-]+/.exec(text)?.[0] ?? ''
    this.arrived.push({ to, digits, link })
    this.news.emit('mail')
  }
}
