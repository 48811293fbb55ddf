import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { randomOf } from './random.ts'
import { work, type Call, type Expected } from './workload.ts'

vi.mock('node:timers/promises', async (original) => ({ ...await original<object>(), setTimeout: (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 2))) }))

/** A product that says yes to everything, after it did not answer at first. */
function yes(): { call: Call; keys: Map<string, number>; calls: () => number } {
  const keys = new Map<string, number>()
  let calls = 0
  const call: Call = (method, path, body, headers) => {
    calls += 1
    const key = headers?.['idempotency-key'] ?? ''
    keys.set(key, (keys.get(key) ?? 0) + 1)
    if (key !== '' && keys.get(key) === 1) return Promise.reject(new Error('the portal is away'))
    const beyond = method === 'POST' && path === '/apps' && (body as { name: string }).name.startsWith('beyond')
    const status = beyond ? 409 : method === 'DELETE' ? 204 : method === 'PATCH' ? 200 : path === '/apps' ? 201 : 202
    return Promise.resolve({ status, headers: new Headers(), body: { id: `app_${calls}` } })
  }
  return { call, keys, calls: () => calls }
}

test('each act is sent again under its key until it is answered; a pause begins when an answer is there; what was remembered comes back', async () => {
  const apps = new Map<string, Expected>()
  const { call, keys, calls } = yes()
  const workload = work(call, apps, randomOf(3))
  await vi.waitFor(() => expect(workload.history.length).toBeGreaterThan(20))
  await workload.pause()
  const [before, then, acts] = [calls(), structuredClone([...apps]), workload.history.length]
  await sleep(30)
  expect(calls()).toBe(before)
  const setBack = workload.remember()
  workload.goOn()
  await vi.waitFor(() => expect(workload.history.length).toBeGreaterThan(acts + 20))
  await workload.pause()
  setBack()
  expect([...apps]).toEqual(then)
  expect(workload.history).toHaveLength(acts)
  await workload.stop()
  expect(workload.broken).toEqual([])
  expect([...keys].filter(([key, times]) => key !== '' && times !== 2)).toEqual([])
})
