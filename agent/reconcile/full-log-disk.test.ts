import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Agent } from '../agent.ts'
import { openExpendable } from '../state/database.ts'
import { createWorld, until, vmObject, type World } from '../testing/world.ts'

let world: World
let agent: Agent
beforeEach(async () => {
  world = await createWorld()
  agent = world.keep()
})
afterEach(() => world.close())

test('lines that came while the disk was full are not lost: the guest keeps them and sends them again', async () => {
  world.portal.want([vmObject('vm_1')])
  await agent.start()
  await until('running', () => world.portal.status('vm_1')?.phase === 'running')
  const machine = world.host.machines.get('vm_1')
  const told = (): string[] => [...world.portal.logs.values()].flatMap((record) => ('line' in record && record.line.startsWith('tell') ? [record.line] : []))
  machine?.log('stdout', 'tell 1')
  await until('the first line', () => told().length === 1)

  const disk = openExpendable(join(world.dir, 'logs.db'), '')
  disk.exec("CREATE TRIGGER full BEFORE INSERT ON line BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END")
  machine?.log('stdout', 'tell 2')
  machine?.log('stdout', 'tell 3')
  disk.exec('DROP TRIGGER full')
  disk.close()
  machine?.log('stdout', 'tell 4')
  await until('every line', () => told().includes('tell 4'))
  expect(told()).toEqual(['tell 1', 'tell 2', 'tell 3', 'tell 4'])
})
