/** Programs the lab starts inside its namespaces; text, because each must run in a process of its own. */

/** argv: `{address, ports}`. */
export const LISTEN = `
const { address, ports } = JSON.parse(process.argv[1])
let waiting = ports.length * 2
const up = () => { if (--waiting === 0) console.log('up') }
for (const port of ports) {
  require('node:net').createServer((s) => { console.log('tcp ' + port + ' from ' + s.remoteAddress); s.on('error', () => {}); s.end(s.remoteAddress) }).listen(port, address, up)
  const udp = require('node:dgram').createSocket(address.includes(':') ? 'udp6' : 'udp4')
  udp.on('message', (_, peer) => { console.log('udp ' + port + ' from ' + peer.address); udp.send(peer.address, peer.port, peer.address, () => {}) })
  udp.bind(port, address, up)
}`

/** argv: a target. Refused attempts end at once, dropped ones after a while. */
export const REACH = `
const { host, port, udp, from, bytes } = JSON.parse(process.argv[1])
const say = (text) => process.stdout.write(String(text), () => process.exit(0))
setTimeout(() => say('timeout'), 900)
if (udp) {
  const s = require('node:dgram').createSocket('udp4')
  s.on('error', (e) => say(e.code)); s.on('message', say)
  s.bind(0, from, () => { s.send(Buffer.alloc(bytes ?? 5), port, host, (e) => { if (e) say(e.code) }) })
} else {
  const s = require('node:net').connect({ host, port, localAddress: from })
  s.on('error', (e) => say(e.code)); s.on('data', say)
}`

/** One port floods whoever comes, the other swallows and says how many bytes in how many milliseconds. */
export const FLOOD = `
const net = require('node:net'), chunk = Buffer.alloc(65536)
let waiting = 2
const up = () => { if (--waiting === 0) process.stdout.write('up') }
const pour = (s) => { s.on('error', () => {}); const more = () => { while (s.write(chunk)); }; s.on('drain', more); more() }
net.createServer(pour).listen(7100, '0.0.0.0', up)
net.createServer({ allowHalfOpen: true }, (s) => {
  let bytes = 0, since = 0
  s.on('error', () => {}); s.on('data', (d) => { since ||= performance.now(); bytes += d.length })
  s.on('end', () => s.end(JSON.stringify([bytes, performance.now() - since])))
}).listen(7101, '0.0.0.0', up)`

/** argv: `{host, direction, ms}`; prints megabits per second. */
export const SPEED = `
const { host, direction, ms } = JSON.parse(process.argv[1])
const say = (bytes, took) => process.stdout.write(String(bytes * 8 / 1000 / took), () => process.exit(0))
const s = require('node:net').connect(direction === 'down' ? 7100 : 7101, host)
s.on('error', (e) => process.stdout.write(e.code, () => process.exit(0)))
if (direction === 'down') {
  let bytes = 0, since = 0
  s.on('data', (d) => { if (!since) { since = performance.now(); setTimeout(() => say(bytes, performance.now() - since), ms) } bytes += d.length })
} else {
  const chunk = Buffer.alloc(65536), end = performance.now() + ms
  const more = () => { do { if (performance.now() > end) return void s.end() } while (s.write(chunk)) }
  s.on('drain', more); s.on('connect', more); s.on('data', (d) => say(...JSON.parse(String(d))))
}`
