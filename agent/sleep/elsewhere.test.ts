import { afterEach, expect, test, vi } from 'vitest'
import { CallServer } from './call-server.ts'
import { Elsewhere, type Answer } from './elsewhere.ts'

const away = (address: string) => ({ node_id: 'node_2', address })
const servers: CallServer[] = []
afterEach(() => { for (const server of servers.splice(0)) server.stop() })

/** Each call waits until it is answered by hand. */
function asked() {
  const [calls, now] = [[] as { address: string; answer: (answer: Answer) => void }[], { ms: 0 }]
  const ask = (_node: string, address: string) => new Promise<Answer>((resolve) => { calls.push({ address, answer: resolve }) })
  const moved = { count: 0 }
  const changed = (): void => { moved.count += 1 }
  return { calls, now, moved, elsewhere: new Elsewhere({ nodeAddress: (id) => (id === 'node_2' ? '10.127.240.2' : null), changed, ask, nowMs: () => now.ms }) }
}
const turn = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 5) })
const isOver = async (promise: Promise<void>): Promise<boolean> => Promise.race([promise.then(() => true), turn().then(() => false)])

test('twenty visitors at once are one question, and one that is awake is not asked for again for a while', async () => {
  const { calls, now, elsewhere } = asked()
  const visitors = Array.from({ length: 20 }, () => elsewhere.call([away('10.64.1.2')]))
  expect(calls).toHaveLength(1)
  calls[0]?.answer('awake')
  await Promise.all(visitors)
  await elsewhere.call([away('10.64.1.2')])
  expect(calls).toHaveLength(1)
  now.ms += 5_001
  void elsewhere.call([away('10.64.1.2')])
  expect(calls).toHaveLength(2)
})

test('the first of several that is awake is enough; where none is, all were heard', async () => {
  const { calls, elsewhere } = asked()
  const first = elsewhere.call([away('10.64.1.2'), away('10.64.1.3')])
  calls[0]?.answer('silent')
  expect(await isOver(first)).toBe(false)
  calls[1]?.answer('awake')
  expect(await isOver(first)).toBe(true)
  expect(await isOver(elsewhere.call([]))).toBe(true)
})

test('it may be dialled for half a minute after its node said so, never while it is on its way, and everybody is told of the change', async () => {
  const { calls, now, moved, elsewhere } = asked()
  const may = (): boolean => elsewhere.mayDial('10.64.1.2')
  expect(may()).toBe(false)
  const first = elsewhere.call([away('10.64.1.2')])
  calls[0]?.answer('on its way')
  await first
  expect([may(), moved.count]).toEqual([false, 0])
  const second = elsewhere.call([away('10.64.1.2')])
  calls[1]?.answer('awake')
  await second
  expect([may(), moved.count]).toEqual([true, 1])
  now.ms += 29_999
  expect(may()).toBe(true)
  const third = elsewhere.call([away('10.64.1.2')])
  calls[2]?.answer('awake')
  await third
  expect([may(), moved.count]).toEqual([true, 1])
  now.ms += 30_001
  expect(may()).toBe(false)
})

test('when the word ends that is told, so that the edge dials it no more', async () => {
  vi.useFakeTimers()
  try {
    const { calls, moved, elsewhere } = asked()
    const first = elsewhere.call([away('10.64.1.2')])
    calls[0]?.answer('awake')
    await first
    await vi.advanceTimersByTimeAsync(29_000)
    expect([elsewhere.mayDial('10.64.1.2'), moved.count]).toEqual([true, 1])
    await vi.advanceTimersByTimeAsync(2_000)
    expect([elsewhere.mayDial('10.64.1.2'), moved.count]).toEqual([false, 2])
  } finally {
    vi.useRealTimers()
  }
})

test('a node that is not in the mesh, or says nothing, holds nobody up and is left in peace for a second', async () => {
  const { calls, now, elsewhere } = asked()
  await elsewhere.call([{ node_id: 'node_9', address: '10.64.1.9' }])
  expect([calls.length, elsewhere.mayDial('10.64.1.9')]).toEqual([0, false])
  const first = elsewhere.call([away('10.64.1.2')])
  calls[0]?.answer('silent')
  await first
  await elsewhere.call([away('10.64.1.2')])
  expect([calls.length, elsewhere.mayDial('10.64.1.2')], 'what ran there before it fell silent runs on').toEqual([1, true])
  now.ms += 1_001
  void elsewhere.call([away('10.64.1.2')])
  expect(calls).toHaveLength(2)
})

test('what was awake is not dialled any more when its machine is gone', async () => {
  const { calls, now, elsewhere } = asked()
  const first = elsewhere.call([away('10.64.1.2')])
  calls[0]?.answer('awake')
  await first
  now.ms += 6_000
  const second = elsewhere.call([away('10.64.1.2')])
  calls[1]?.answer('gone')
  await second
  expect(elsewhere.mayDial('10.64.1.2')).toBe(false)
})

test('over the wire: awake, on its way, not here, and nobody there', async () => {
  const heard: string[] = []
  const own = { address: '127.0.0.77' as string | null }
  const server = new CallServer({
    address: () => own.address, everyMs: 10,
    called: async (address) => {
      heard.push(address)
      return address.endsWith('.2') ? true : address.endsWith('.3') ? false : null
    },
  })
  servers.push(server)
  server.start()
  const elsewhere = new Elsewhere({ nodeAddress: () => '127.0.0.77', changed: () => {} })
  await turn()
  await Promise.all(['10.64.1.2', '10.64.1.3', '10.64.1.4'].map((address) => elsewhere.call([away(address)])))
  expect(heard.toSorted()).toEqual(['10.64.1.2', '10.64.1.3', '10.64.1.4'])
  expect(['10.64.1.2', '10.64.1.3', '10.64.1.4'].map((address) => elsewhere.mayDial(address))).toEqual([true, false, true])
  own.address = null
  await new Promise((resolve) => { setTimeout(resolve, 50) })
  await elsewhere.call([away('10.64.1.5')])
  expect([heard.length, elsewhere.mayDial('10.64.1.5')], 'the machine is there, and refuses').toEqual([3, true])
})
