import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WaitingRoom, type Standing } from './waiting-room.ts'

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }) })
afterEach(() => { vi.useRealTimers() })

function roomWith(standing: (name: string, again: boolean) => Standing, callMs = 0) {
  const calls: string[] = []
  const call = async (name: string): Promise<void> => {
    calls.push(name)
    await new Promise((resolve) => { setTimeout(resolve, callMs) })
  }
  return { calls, room: new WaitingRoom({ call, standing }) }
}

test('visitors of one name wait together until it is there; ten seconds and no longer', async () => {
  let now: Standing = 'starting'
  const { room, calls } = roomWith(() => now, 50)
  const all = Promise.all(Array.from({ length: 20 }, () => room.wait('a.test')))
  await vi.advanceTimersByTimeAsync(400)
  now = 'ready'
  await vi.advanceTimersByTimeAsync(200)
  expect(new Set(await all)).toEqual(new Set([true]))
  expect(calls.length).toBeLessThan(6)
  now = 'starting'
  let answer: boolean | null = null
  void room.wait('a.test').then((found) => { answer = found })
  await vi.advanceTimersByTimeAsync(9_000)
  expect(answer).toBeNull()
  await vi.advanceTimersByTimeAsync(1_001)
  expect([answer, vi.getTimerCount()]).toEqual([false, 0])
})

test('one that waits holds up no other, and a second try is judged for itself', async () => {
  const { room } = roomWith((name, again) => (name === 'slow.test' ? 'starting' : again ? 'gone' : 'ready'))
  void room.wait('slow.test')
  const others = Promise.all([room.wait('b.test'), room.wait('b.test', true)])
  await vi.advanceTimersByTimeAsync(1)
  expect(await others).toEqual([true, false])
  await vi.advanceTimersByTimeAsync(11_000)
})

test('who asks for ever other names is told at once from some number on, and others are served meanwhile and afterwards', async () => {
  let full = true
  const { room, calls } = roomWith((name) => (full && name !== 'good.test' ? 'starting' : 'ready'))
  const many = Array.from({ length: 600 }, (_, at) => room.wait(`n${at}.test`))
  expect([await many[599], await room.wait('good.test'), new Set(calls).size]).toEqual([false, true, 512])
  full = false
  await vi.advanceTimersByTimeAsync(200)
  expect((await Promise.all(many)).filter(Boolean)).toHaveLength(512)
  const next = room.wait('next.test')
  await vi.advanceTimersByTimeAsync(1)
  expect([await next, calls.at(-1)]).toEqual([true, 'next.test'])
})

test('of one name a thousand wait, and who comes besides is told at once', async () => {
  let now: Standing = 'starting'
  const { room } = roomWith(() => now)
  const many = Array.from({ length: 1_001 }, () => room.wait('a.test'))
  expect(await many[1_000]).toBe(false)
  now = 'ready'
  await vi.advanceTimersByTimeAsync(200)
  expect((await Promise.all(many)).filter(Boolean)).toHaveLength(1_000)
})
