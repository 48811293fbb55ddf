import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { pick } from './random.ts'

/** What the product has said yes to; nothing else is expected of it. */
export interface Expected { id: string; name: string; mark: string; replicas: number; stopped: boolean }

export interface Done { atMs: number; act: string; app: string; status: number; tries: number }

export interface Workload {
  apps: Map<string, Expected>
  deleted: Set<string>
  /** Of all there ever were, by name. */
  ids: Map<string, string>
  history: Done[]
  /** What was answered and must not have been. */
  broken: string[]
  stop: () => Promise<void>
  /** Resolves when the act that is under way has its answer; nothing is begun until it goes on. */
  pause: () => Promise<void>
  goOn: () => void
  /** What is expected now; the function makes it so again, of a product that was set back to now. */
  remember: () => () => void
}

interface Reply { status: number; headers: Headers; body: Record<string, unknown> }
export type Call = (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Reply>

interface Appetite { apps: number; replicas: number; pauseMs: number }
const SMALL: Appetite = { apps: 2, replicas: 2, pauseMs: 4_000 }
/** With the one that is visited and the one with a volume. The organization may have no more. */
export const APP_QUOTA = SMALL.apps + 2
const CHANGES = ['update', 'update', 'scale', 'restart', 'turn', 'remove', 'exceed'] as const
/** Answers that leave open what happened, or say that nothing did: the same call again, under the same key. */
const UNSETTLED = new Set([0, 429, 500, 502, 503, 504])

/** Counts out loud beside serving its page, so that a lost or doubled line shows. */
const COUNTING = ['/bin/sh', '-c', 'i=0; while :; do i=$((i+1)); echo "tell $i"; sleep 0.5; done & exec /app/start.sh']

interface Gate { pass: () => Promise<void>; pause: () => Promise<void>; goOn: () => void }

function makeGate(): Gate {
  let [open, opened] = [Promise.resolve(), (): void => undefined]
  let arrived: (() => void) | null = null
  return {
    pass: async () => {
      arrived?.()
      await open
    },
    pause: async () => {
      open = new Promise((resolve) => { opened = resolve })
      await new Promise<void>((resolve) => { arrived = resolve })
      arrived = null
    },
    goOn: () => opened(),
  }
}

type Settle = (act: string, app: string, method: string, path: string, body?: object, headers?: () => Promise<Record<string, string>>) => Promise<Reply>
type Acts = Record<(typeof CHANGES)[number], (app: Expected) => Promise<void>> & { create: () => Promise<void> }

function actsOf(workload: Workload, { settle, call, random, most }: { settle: Settle; call: Call; random: () => number; most: Appetite }): Acts {
  const { apps } = workload
  return {
    create: async () => {
      const [name, mark] = [`chaos-${randomUUID().slice(0, 8)}`, randomUUID()]
      const { status, body } = await settle('create', name, 'POST', '/apps', {
        name, image: 'builtin/hello:v1', port: 8080, command: COUNTING, env: { HELLO_MARK: mark }, resources: { memory: '96m' }, health_check: { path: '/healthz' },
      })
      if (status !== 201) return
      apps.set(name, { id: String(body['id']), name, mark, replicas: 1, stopped: false })
      workload.ids.set(name, String(body['id']))
    },
    /** I9: one more than the quota, whenever that many are there. */
    exceed: async () => {
      if (apps.size < most.apps) return
      const name = `beyond-${randomUUID().slice(0, 8)}`
      const { status } = await settle('exceed', name, 'POST', '/apps', { name, image: 'builtin/hello:v1' })
      if (status !== 409) workload.broken.push(`I9 one app more than the quota was answered ${status}`)
    },
    update: async (app: Expected) => {
      const mark = randomUUID()
      const etag = async (): Promise<Record<string, string>> => ({ 'if-match': (await call('GET', `/apps/${app.id}`)).headers.get('etag') ?? '*' })
      const { status } = await settle('update', app.name, 'PATCH', `/apps/${app.id}`, { env: { HELLO_MARK: mark } }, etag)
      if (status === 200) app.mark = mark
    },
    scale: async (app: Expected) => {
      const replicas = 1 + Math.floor(random() * most.replicas)
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
}

/** One customer who goes on working whatever happens: each act is sent until its answer is clear. */
export function work(call: Call, apps: Map<string, Expected>, random: () => number, most: Appetite = SMALL): Workload {
  let going = true
  const gate = makeGate()
  const workload: Workload = { apps, deleted: new Set(), ids: new Map(), history: [], broken: [], pause: gate.pause, goOn: gate.goOn,
    stop: async () => {
      going = false
      gate.goOn()
      await loop
    },
    remember: () => {
      const [then, gone, done] = [structuredClone([...apps]), [...workload.deleted], workload.history.length]
      return () => {
        apps.clear()
        for (const [name, app] of then) apps.set(name, app)
        workload.deleted = new Set(gone)
        workload.history.length = done
      }
    },
  }

  const settle: Settle = async (act, app, method, path, body, headers) => {
    const key = `chaos-${randomUUID()}`
    for (let tries = 1; ; tries += 1) {
      const send = async (): Promise<Reply> => call(method, path, body, { 'idempotency-key': key, ...await headers?.() })
      const reply = await send().catch((): Reply => ({ status: 0, headers: new Headers(), body: {} }))
      if (!UNSETTLED.has(reply.status) && reply.body['code'] !== 'idempotency_key_in_use') {
        workload.history.push({ atMs: Date.now(), act, app, status: reply.status, tries })
        return reply
      }
      await sleep(500)
    }
  }
  const { create, ...changes } = actsOf(workload, { settle, call, random, most })
  const loop = (async () => {
    while (going) {
      const [first, ...others] = [...apps.values()]
      const few = apps.size < most.apps
      if (!first || (few && random() < 0.5)) await create()
      else await changes[pick(random, CHANGES)](pick(random, [first, ...others]))
      await sleep(random() * most.pauseMs)
      await gate.pass()
    }
  })()
  return workload
}
