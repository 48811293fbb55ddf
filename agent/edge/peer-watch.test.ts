import { expect, test } from 'vitest'
import { PeerWatch } from './peer-watch.ts'

const nodes = (count: number): Map<string, string> => new Map(Array.from({ length: count }, (_, at) => [`n${at}`, `10.127.240.${at}`]))

test('a node that misses two questions is silent, and is not from its next answer on; news is told once', async () => {
  const [dead, news] = [new Set<string>(), [] as string[]]
  const watch: PeerWatch = new PeerWatch({
    peers: () => nodes(2), ask: async (address) => !dead.has(address), changed: () => { news.push(['n0', 'n1'].filter((node) => watch.isSilent(node)).join(' ')) },
  })
  await watch.look()
  dead.add('10.127.240.1')
  await watch.look()
  expect([watch.isSilent('n1'), news]).toEqual([false, []])
  await watch.look()
  await watch.look()
  expect(news).toEqual(['n1'])
  dead.clear()
  await watch.look()
  expect([watch.isSilent('n1'), news]).toEqual([false, ['n1', '']])
})

test('of many nodes fifty are asked at a time, each in its turn; one that is asked no more is forgotten', async () => {
  const asked: string[] = []
  let peers = nodes(120)
  const watch = new PeerWatch({ peers: () => peers, ask: async (address) => { asked.push(address); return false }, changed: () => {} })
  for (let round = 0; round < 12; round += 1) await watch.look()
  expect(asked).toHaveLength(600)
  for (const address of peers.values()) expect(asked.filter((one) => one === address)).toHaveLength(5)
  expect(watch.isSilent('n7')).toBe(true)
  peers = nodes(1)
  await watch.look()
  expect([watch.isSilent('n7'), watch.isSilent('n0')]).toEqual([false, true])
})
