/** The real process, in a folder of its own, over processes that only look like VMs. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../testing/world.ts'
import { bootMs, currentBootId, fenceFiles, readWhole, writeWhole, type Beat } from './lease-file.ts'

let data: string
const started: ChildProcess[] = []
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'fence-'))
  mkdirSync(join(data, 'agent/fence'), { recursive: true })
})
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  rmSync(data, { recursive: true })
})

const files = () => fenceFiles(join(data, 'agent/fence'))
const remember = (child: ChildProcess): ChildProcess => {
  started.push(child)
  return child
}
const fence = (): ChildProcess =>
  remember(spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], { env: { ...process.env, SHELLWEGO_DATA: data }, stdio: 'ignore' }))
const machine = (name: string, argv0 = 'qemu-system-x86_64'): ChildProcess =>
  remember(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', name], { argv0, stdio: 'ignore' }))
const alive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null
const lease = (deadlineMs: number, names: string[]): void =>
  writeWhole(files().lease, { bootId: currentBootId(), deadlineMs, vms: names.map((argument) => ({ vmId: argument, argument, cgroups: [] })) })

test('at the deadline it ends who is named, nobody else, also one who comes later; and it shows that it lives', async () => {
  const unique = `${process.pid}-${Date.now()}`
  const [strict, pinned, bystander] = [machine(`strict-${unique}`), machine(`pinned-${unique}`), machine(`strict-${unique}`, 'editor')]
  const deadlineMs = bootMs() + 1_500
  lease(deadlineMs, [`strict-${unique}`])
  const process1 = fence()
  await until('it lives', () => readWhole<Beat>(files().beat)?.pid === process1.pid, 10_000)
  await until('ended', () => !alive(strict), 10_000)
  expect(bootMs()).toBeGreaterThanOrEqual(deadlineMs)
  const late = machine(`strict-${unique}`)
  await until('the late one too', () => !alive(late), 10_000)
  expect([strict.signalCode, alive(pinned), alive(bystander)]).toEqual(['SIGKILL', true, true])
})

test('a lease that is renewed in time ends nobody, and one that cannot be read changes nothing', async () => {
  const unique = `${process.pid}-${Date.now()}`
  const strict = machine(`strict-${unique}`)
  const process1 = fence()
  await until('it lives', () => readWhole<Beat>(files().beat)?.pid === process1.pid, 10_000)
  for (let round = 0; round < 10; round += 1) {
    lease(bootMs() + 1_000, [`strict-${unique}`])
    await new Promise((resolve) => { setTimeout(resolve, 200) })
  }
  expect([alive(strict), alive(process1)]).toEqual([true, true])
})
