import { setTimeout as sleep } from 'node:timers/promises'
import type { Product } from '../test/product.ts'

export interface Stranger { asked: number; seen: Set<string>; stop: () => Promise<void> }

const EVERY_MS = 500
const PATHS = ['', '/logs?tail=10', '/metrics', '/deployments', '/secrets'] as const

async function mailedToken(api: string, email: string): Promise<string> {
  for (let turn = 0; turn < 60; turn += 1, await sleep(EVERY_MS)) {
    const { data } = await (await fetch(`${api}/v1/test/mail?to=${encodeURIComponent(email)}`)).json() as { data: { links: string[] }[] }
    const token = data.flatMap(({ links }) => links.flatMap((link) => new URL(link).searchParams.get('token') ?? []))[0]
    if (token) return token
  }
  throw new Error('no mail came to the stranger')
}

/** Somebody with an account and an organization of his own, who asks for other people's apps all the time: whatever breaks meanwhile, none of it is his. */
export async function startStranger(product: Product, appIds: () => string[]): Promise<Stranger> {
  const { api } = product.run()
  const post = async (path: string, body: object, headers: Record<string, string> = {}): Promise<Record<string, string>> => {
    const reply = await fetch(`${api}/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
    if (!reply.ok) throw new Error(`POST ${path}: ${reply.status} ${await reply.text()}`)
    return await reply.json() as Record<string, string>
  }
  const person = { email: 'stranger@chaos.test', password: 'a-stranger-passphrase' }
  await post('/users', { ...person, name: 'Stranger' })
  await post('/auth/verify', { token: await mailedToken(api, person.email) })
  const authorization = { authorization: `Bearer ${(await post('/auth/token', person))['token']}` }
  const { id = '' } = await post('/organizations', { name: 'Elsewhere' }, authorization)
  const headers = { ...authorization, 'shellwego-organization': id }

  let going = true
  const stranger: Stranger = { asked: 0, seen: new Set(), stop: async () => { going = false; await loop } }
  const look = async (path: string, has: (text: string) => boolean): Promise<void> => {
    const reply = await fetch(`${api}/v1${path}`, { headers, signal: AbortSignal.timeout(10_000) })
    const text = await reply.text()
    stranger.asked += 1
    if (has(text) || (reply.ok && path !== '/apps')) stranger.seen.add(`GET ${path}: ${reply.status} ${text.slice(0, 100)}`)
  }
  const loop = (async () => {
    for (let turn = 0; going; turn += 1) {
      const ids = appIds()
      const appId = ids[turn % ids.length]
      const path = PATHS[turn % PATHS.length] ?? ''
      await look('/apps', (text) => ids.some((one) => text.includes(one))).catch(() => undefined)
      if (appId) await look(`/apps/${appId}${path}`, () => false).catch(() => undefined)
      await sleep(EVERY_MS)
    }
  })()
  return stranger
}
