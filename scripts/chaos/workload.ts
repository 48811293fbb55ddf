import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { pick } from './random.ts'

/** What the product has said yes to; nothing else is expected of it. */
export interface Expected { id: string; name: string; mark: string; replicas: number; stopped: boolean }

export interface Done { atMs: number; act: string; app: string; status: number; tries: number }

export interface Workload {
  apps: Map<string, Expected>
  deleted: Set<string>
  history: Done[]
  stop: () => Promise<void>
}

interface Reply { status: number; headers: Headers; body: Record<string, unknown> }
export type Call = (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Reply>

const MOST_APPS = 2
const MOST_REPLICAS = 2
const PAUSE_MS = 4_000
const CHANGES = ['update', 'update', 'scale', 'restart', 'turn', 'remove'] as const
/** Answers that leave open what happened, or say that nothing did: the same call again, under the same key. */
const UNSETTLED = new Set([0, 429, 500, 502, 503, 504])

/** Counts out loud beside serving its page, so that a lost or doubled line shows. */
const COUNTING = ['/bin/sh', '-c', 'i=0; while :; do i=$((i+1)); echo "tell $i"; sleep 0.5; done & exec /app/start.sh']

/** One customer who goes on working whatever happens: each act is sent until its answer is clear. */
export function work(call: Call, random: () => number): Workload {
  let going = true
  const apps = new Map<string, Expected>()
  const workload: Workload = { apps, deleted: new Set(), history: [], stop: async () => { going = false; await loop } }

  const settle = async (
    act: string, app: string, method: string, path: string, body?: object, headers?: () => Promise<Record<string, string>>,
  ): Promise<Reply> => {
    const key = `chaos-${randomUUID()}`
    for (let tries = 1; ; tries += 1) {
      const reply = await call(method, path, body, { 'idempotency-key': key, ...await headers?.() }).catch((): Reply => ({ status: 0, headers: new Headers(), body: {} }))
      if (!UNSETTLED.has(reply.status) && reply.body['code'] !== 'idempotency_key_in_use') {
        workload.history.push({ atMs: Date.now(), act, app, status: reply.status, tries })
        return reply
      }
      await sleep(500)
    }
  }
  const acts = {
    create: async () => {
      const [name, mark] = [`chaos-${randomUUID().slice(0, 8)}`, randomUUID()]
      const { status, body } = await settle('create', name, 'POST', '/apps', {
        name, image: 'builtin/hello:v1', port: 8080, command: COUNTING, env: { HELLO_MARK: mark }, resources: { memory: '96m' }, health_check: { path: '/healthz' },
      })
      if (status === 201) apps.set(name, { id: String(body['id']), name, mark, replicas: 1, stopped: false })
    },
    update: async (app: Expected) => {
      const mark = randomUUID()
      const etag = async (): Promise<Record<string, string>> => ({ 'if-match': (await call('GET', `/apps/${app.id}`)).headers.get('etag') ?? '*' })
      const { status } = await settle('update', app.name, 'PATCH', `/apps/${app.id}`, { env: { HELLO_MARK: mark } }, etag)
      if (status === 200) app.mark = mark
    },
    scale: async (app: Expected) => {
      const replicas = 1 + Math.floor(random() * MOST_REPLICAS)
      const { status } = await settle('scale', app.name, 'POST', `/apps/${app.id}/scale`, { replicas })
      if (status === 202) app.replicas = replicas
    },
    restart: async (app: Expected) => { await settle('restart', app.name, 'POST', `/apps/${app.id}/actions/restart`) },
    turn: async (app: Expected) => {
      const { status } = await settle(app.stopped ? 'start' : 'stop', app.name, 'POST', `/apps/${app.id}/actions/${app.stopped ? 'start' : 'stop'}`)
      if (status === 202) app.stopped = !app.stopped
    },
    remove: async (app: Expected) => {
      const { status } = await settle('remove', app.name, 'DELETE', `/apps/${app.id}`)
      if (status !== 204) return
      apps.delete(app.name)
      workload.deleted.add(app.name)
    },
  }
  const loop = (async () => {
    while (going) {
      const [first, ...others] = [...apps.values()]
      const few = apps.size < MOST_APPS
      if (!first || (few && random() < 0.5)) await acts.create()
      else await acts[pick(random, CHANGES)](pick(random, [first, ...others]))
      await sleep(random() * PAUSE_MS)
    }
  })()
  return workload
}
