/** Programs the lab starts inside its namespaces; text, because each must run in a process of its own. */

/** argv: `{address, ports}`. */
export const LISTEN = `
const { address, ports } = JSON.parse(process.argv[1])
let waiting = ports.length * 2
const up = () => { if (--waiting === 0) process.stdout.write('up') }
for (const port of ports) {
  require('node:net').createServer((s) => { s.on('error', () => {}); s.end(s.remoteAddress) }).listen(port, address, up)
  const udp = require('node:dgram').createSocket(address.includes(':') ? 'udp6' : 'udp4')
  udp.on('message', (_, peer) => udp.send(peer.address, peer.port, peer.address))
  udp.bind(port, address, up)
}`

/** argv: a target. Refused attempts end at once, dropped ones after a while. */
export const REACH = `
const { host, port, udp, from, broadcast } = JSON.parse(process.argv[1])
const say = (text) => process.stdout.write(String(text), () => process.exit(0))
setTimeout(() => say('timeout'), 900)
if (udp) {
  const s = require('node:dgram').createSocket('udp4')
  s.on('error', (e) => say(e.code)); s.on('message', say)
  s.bind(0, from, () => { if (broadcast) s.setBroadcast(true); s.send('hello', port, host, (e) => { if (e) say(e.code) }) })
} else {
  const s = require('node:net').connect({ host, port, localAddress: from })
  s.on('error', (e) => say(e.code)); s.on('data', say)
}`
