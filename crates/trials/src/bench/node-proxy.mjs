// A hand-written proxy of node's own modules, connections kept, two workers: the floor for node. PORT, UPSTREAM
import cluster from 'node:cluster'
import http from 'node:http'
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
if (cluster.isPrimary) {
  for (let i = 0; i < 2; i++) cluster.fork()
} else {
  http.createServer((q, r) => {
    const to = { host: '127.0.0.1', port: +process.env.UPSTREAM, method: q.method, path: q.url, headers: q.headers, agent }
    const u = http.request(to, p => { r.writeHead(p.statusCode, p.headers); p.pipe(r) })
    u.on('error', () => { if (!r.headersSent) r.writeHead(502); r.end() })
    q.pipe(u)
  }).listen(+process.env.PORT, '127.0.0.1')
}
