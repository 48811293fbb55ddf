/** The list of docs/operations/isolation.md, tried: nothing answers, nobody hears it, nobody believes it. */
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ALLOWED, ATTEMPTS } from '../../../testing/isolation/attempts.ts'
import { IsolationWorld } from '../../../testing/isolation/world.ts'
import { labPossible } from '../../../testing/network-lab.ts'
import { missingTools } from '../../vmm/qemu/qemu-harness.ts'

const meshPossible = ((): boolean => {
  try {
    for (const tool of ['wg', 'gcc']) execFileSync(tool, ['--version'])
    return labPossible
  } catch {
    return false
  }
})()

describe.each([
  { name: 'from a namespace in place of the machine', guest: false, possible: meshPossible },
  { name: 'from inside a virtual machine', guest: true, possible: meshPossible && missingTools() === null },
])('isolation, $name', ({ guest, possible }) => {
  let world: IsolationWorld
  beforeAll(async () => {
    if (!possible) return
    world = new IsolationWorld(guest)
    await world.make()
  }, 120_000)
  afterAll(async () => { await world?.end() })

  // What a machine can try is tried from inside one; in its place too at full size, or where no machine runs.
  const mine = <T extends { by: string }>(list: readonly T[]): T[] =>
    list.filter(({ by }) => (guest ? by === 'instance' : by !== 'instance' || process.env['SHELLWEGO_FULL'] === '1' || missingTools() !== null))

  test.skipIf(!possible).each(mine(ALLOWED))('allowed: $by: $what', async ({ by, tries, answers }) => {
    const got = await world.attack(by, tries)
    expect(got.answers).toEqual(answers)
    expect(got.noticed).toHaveLength(answers.length)
  }, 20_000)

  test.skipIf(!possible).each(mine(ATTEMPTS))('$by: $what', async ({ by, tries }) => {
    const { answers, noticed } = await world.attack(by, tries)
    expect(answers).toEqual(tries.map(() => '-'))
    expect(noticed).toEqual([])
  }, 20_000)
})
