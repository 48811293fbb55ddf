import { execFileSync } from 'node:child_process'
import dgram from 'node:dgram'
import { mkdtempSync, readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { TLSSocket } from 'node:tls'
import packet from 'dns-packet'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { parseAllowList } from '../contract/address-rules.ts'
import { OutgoingError, send, type OutgoingPolicy, type OutgoingRequest } from './guarded-fetch.ts'

/** Must never be reached: listens on every address of the machine. */
let sink: net.Server
let sinkPort = 0
let touched = 0
/** May be reached: 127.0.0.2 is on the allow list of these tests. */
let receiver: http.Server
let receiverPort = 0
let answer: http.RequestListener = (_req, res) => res.end('ok')
let seen: { method?: string | undefined; headers: http.IncomingHttpHeaders; body: string }[] = []

/** Answers each question for a name with the next of its answers, each with TTL 0; the last one stays. */
let dns: dgram.Socket
let dnsPort = 0
const zone = new Map<string, string[][]>()
let questions = 0

beforeAll(async () => {
  sink = net.createServer((socket) => {
    touched += 1
    socket.destroy()
  })
  sinkPort = await listen(sink, '::')
  receiver = http.createServer((req, res) => {
    let body = ''
    req.on('data', (chunk) => { body += String(chunk) })
    req.on('end', () => {
      seen.push({ method: req.method, headers: req.headers, body })
      answer(req, res)
    })
  })
  receiverPort = await listen(receiver, '127.0.0.2')
  dns = dgram.createSocket('udp4')
  dns.on('message', (message, from) => {
    const query = packet.decode(message)
    const question = query.questions?.[0]
    if (question?.type === 'A') questions += 1
    const answers = question?.type === 'A' ? zone.get(question.name) ?? [] : []
    const now = answers.length > 1 ? answers.shift() : answers[0]
    dns.send(packet.encode({
      type: 'response', id: query.id ?? 0, flags: packet.AUTHORITATIVE_ANSWER, questions: query.questions ?? [],
      answers: (now ?? []).map((data) => ({ type: 'A', name: question?.name ?? '', ttl: 0, data })),
    }), from.port, from.address)
  })
  await new Promise<void>((resolve) => dns.bind(0, '127.0.0.1', resolve))
  dnsPort = dns.address().port
})
afterAll(() => {
  sink.close()
  receiver.close()
  receiver.closeAllConnections()
  dns.close()
})
beforeEach(() => {
  touched = 0
  questions = 0
  seen = []
  answer = (_req, res) => res.end('ok')
})

const listen = (server: net.Server, host: string): Promise<number> =>
  new Promise((resolve) => server.listen(0, host, () => resolve((server.address() as AddressInfo).port)))

const policy = (over: Partial<OutgoingPolicy> = {}): OutgoingPolicy => ({
  allow: parseAllowList(`127.0.0.2/32:${receiverPort}`), plainHttp: true, ports: new Set([sinkPort]), ownHosts: ['console.test'],
  nameServers: [`127.0.0.1:${dnsPort}`], ...over,
})
const outcome = (url: string, over: Partial<OutgoingRequest> = {}, rules: Partial<OutgoingPolicy> = {}): Promise<number | string> =>
  send({ url, ...over }, policy(rules)).then((a) => a.status, (error: unknown) => {
    if (!(error instanceof OutgoingError)) throw error
    expect(error.message).not.toMatch(/\d+\.\d+\.\d+\.\d+/)
    return error.code
  })

test.each([
  '127.0.0.1', '0x7f.1', '2130706433', '017700000001', '127.1', '①②⑦.0.0.1', '0.0.0.0', '[::]', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]',
  '[::ffff:169.254.169.254]', '[64:ff9b::7f00:1]', '169.254.169.254', '100.64.0.1', '[fd00:ec2::254]', '[fe80::1]', '224.0.0.1', '10.0.0.1',
  'localhost', 'LOCALHOST', 'localhost.', 'app.localhost', 'console.test', 'CONSOLE.test.',
])('nothing is sent to %s', async (host) => {
  expect(await outcome(`http://${host}:${sinkPort}/`)).toBe('address_not_allowed')
  expect(touched).toBe(0)
})

test('nothing is sent to an address of this machine, public or not', async () => {
  const own = Object.values(os.networkInterfaces()).flatMap((list) => list ?? []).filter((entry) => entry.family === 'IPv4').map((entry) => entry.address)
  for (const address of own) expect(await outcome(`http://${address}:${sinkPort}/`)).toBe('address_not_allowed')
  expect(touched).toBe(0)
})

test('the sink is reached once the rules let it: the zeros above mean something', async () => {
  expect(await outcome(`http://127.0.0.1:${sinkPort}/`, {}, { allow: parseAllowList(`127.0.0.1/32:${sinkPort}`) })).toBe('connection_failed')
  expect(touched).toBe(1)
})

test.each([['gopher://127.0.0.2/', 'scheme_not_allowed'], ['file:///etc/passwd', 'scheme_not_allowed'], ['not a url', 'invalid_url'], ['http://', 'invalid_url'],
  ['http://user:pass@example.test/', 'credentials_not_allowed'], ['http://token@example.test/', 'credentials_not_allowed'],
  ['http://example.test:22/', 'port_not_allowed'], ['http://example.test:25/', 'port_not_allowed'], ['http://[::1', 'invalid_url']])('%s is refused as %s', async (url, code) => {
  expect(await outcome(url)).toBe(code)
})

test('plain http is refused where only https may leave', async () => {
  expect(await outcome(`http://127.0.0.2:${receiverPort}/`, {}, { plainHttp: false })).toBe('scheme_not_allowed')
  expect(seen).toHaveLength(0)
})

test('a name that leads inside is refused when it is connected to', async () => {
  zone.set('inside.test', [['127.0.0.1']])
  zone.set('mapped.test', [['10.0.0.7', '169.254.169.254']])
  expect(await outcome(`http://inside.test:${sinkPort}/`)).toBe('address_not_allowed')
  expect(await outcome(`http://mapped.test:${sinkPort}/`)).toBe('address_not_allowed')
  expect(touched).toBe(0)
})

test('a name that changes its answer is asked once, and what was checked is what is connected to', async () => {
  const allow = parseAllowList(`127.0.0.2/32:${receiverPort}`)
  zone.set('rebind.test', [['127.0.0.2'], ['127.0.0.1']])
  expect(await outcome(`http://rebind.test:${receiverPort}/hook`, {}, { allow })).toBe(200)
  expect(questions).toBe(1)
  expect(seen[0]?.headers.host).toBe(`rebind.test:${receiverPort}`)
  expect(await outcome(`http://rebind.test:${receiverPort}/hook`, {}, { allow, ports: new Set([receiverPort]) })).toBe('address_not_allowed')
  expect(seen).toHaveLength(1)
  expect(touched).toBe(0)
})

test('of several addresses only those that may be reached are tried', async () => {
  zone.set('both.test', [['127.0.0.1', '127.0.0.2', '10.0.0.1']])
  for (let i = 0; i < 5; i += 1) expect(await outcome(`http://both.test:${receiverPort}/`)).toBe(200)
  expect(seen).toHaveLength(5)
  expect(touched).toBe(0)
})

test('a redirect is an answer and leads nowhere', async () => {
  answer = (_req, res) => res.writeHead(302, { location: `http://127.0.0.1:${sinkPort}/latest/meta-data` }).end()
  expect(await outcome(`http://127.0.0.2:${receiverPort}/`)).toBe(302)
  expect(touched).toBe(0)
})

test('method, headers and body arrive; the caller cannot name another host', async () => {
  const result = await send({ url: `http://127.0.0.2:${receiverPort}/a?b=c`, method: 'POST', body: 'grüß', headers: { 'content-type': 'text/plain', host: 'evil.test' } }, policy())
  expect(result).toMatchObject({ status: 200, truncated: false })
  expect(result.body.toString()).toBe('ok')
  expect(seen[0]).toMatchObject({ method: 'POST', body: 'grüß', headers: { 'content-type': 'text/plain', host: `127.0.0.2:${receiverPort}`, 'content-length': '6' } })
})

test('an endless answer is cut at the limit', async () => {
  answer = (_req, res) => {
    const more = (): void => { while (!res.destroyed && res.write(Buffer.alloc(16_384, 'x'))); }
    res.on('drain', more)
    more()
  }
  const result = await send({ url: `http://127.0.0.2:${receiverPort}/`, maxBytes: 10_000 }, policy())
  expect(result).toMatchObject({ status: 200, truncated: true })
  expect(result.body).toHaveLength(10_000)
})

test('the time limit holds for silence, for an answer by drops, and for a name server that says nothing', async () => {
  const quick = { timeoutMs: 400 }
  const timed = async (run: () => Promise<unknown>): Promise<unknown> => {
    const start = performance.now()
    const result = await run()
    expect(performance.now() - start).toBeLessThan(2_500)
    return result
  }
  answer = () => {}
  expect(await timed(() => outcome(`http://127.0.0.2:${receiverPort}/`, quick))).toBe('timeout')
  answer = (_req, res) => {
    const drip = setInterval(() => res.write('.'), 50)
    res.on('close', () => clearInterval(drip))
  }
  expect(await timed(() => outcome(`http://127.0.0.2:${receiverPort}/`, quick))).toBe('timeout')
  const silent = dgram.createSocket('udp4')
  await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve))
  expect(await timed(() => outcome(`http://slow.test:${receiverPort}/`, quick, { nameServers: [`127.0.0.1:${silent.address().port}`] }))).toBe('timeout')
  silent.close()
})

test('no answer is told apart: unknown name, closed port, not HTTP, not TLS', async () => {
  expect(await outcome(`http://nobody.test:${receiverPort}/`)).toBe('name_not_found')
  expect(await outcome('http://127.0.0.2:21699/', {}, { allow: parseAllowList('127.0.0.2/32:21699') })).toBe('connection_failed')
  expect(await outcome(`https://127.0.0.2:${receiverPort}/`)).toBe('tls_failed')
  const odd = net.createServer((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n'))
  const port = await listen(odd, '127.0.0.2')
  expect(await outcome(`http://127.0.0.2:${port}/`, {}, { allow: parseAllowList(`127.0.0.2/32:${port}`) })).toBe('invalid_response')
  odd.close()
})

test('over TLS the name is asked for, and the certificate must be for it', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shellwego-tls-'))
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=hooks.test',
    '-addext', 'subjectAltName=DNS:hooks.test', '-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'cert.pem')], { stdio: 'ignore' })
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(path.join(folder, name), 'utf8'))
  const asked: unknown[] = []
  const secure = https.createServer({ key, cert }, (req, res) => {
    asked.push((req.socket as TLSSocket & { servername?: unknown }).servername)
    res.end('ok')
  })
  const port = await listen(secure, '127.0.0.2')
  zone.set('hooks.test', [['127.0.0.2']])
  zone.set('other.test', [['127.0.0.2']])
  const rules = { plainHttp: false, allow: parseAllowList(`127.0.0.2/32:${port}`), ca: [cert ?? ''] }
  expect(await outcome(`https://hooks.test:${port}/`, {}, rules)).toBe(200)
  expect(await outcome(`https://other.test:${port}/`, {}, rules)).toBe('tls_failed')
  expect(await outcome(`https://127.0.0.2:${port}/`, {}, rules)).toBe('tls_failed')
  expect(await outcome(`https://hooks.test:${port}/`, {}, { ...rules, ca: [] })).toBe('tls_failed')
  expect(asked).toEqual(['hooks.test'])
  secure.close()
})

test('a proxy of the environment is not used', () => {
  const script = `import { send } from ${JSON.stringify(path.resolve('server/core/guarded-fetch.ts'))}
    import { parseAllowList } from ${JSON.stringify(path.resolve('server/contract/address-rules.ts'))}
    const policy = { allow: parseAllowList('127.0.0.2/32:21698'), plainHttp: true, ports: new Set(), ownHosts: [] }
    await send({ url: 'http://127.0.0.2:21698/' }, policy).catch((error) => console.log(error.message))`
  const proxy = `http://127.0.0.1:${sinkPort}`
  const env = { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy, http_proxy: proxy, HTTPS_PROXY: proxy, NO_PROXY: '' }
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' })
  expect(text).toContain('ECONNREFUSED')
  expect(touched).toBe(0)
})
