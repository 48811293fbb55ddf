/** The real fence process, real VMs, and an agent that is killed or stands still. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import { makeBusyboxImage } from '../drivers/vmm/fixture.ts'
import { missingTools, qemuHarness } from '../drivers/vmm/qemu/qemu-harness.ts'
import type { LoneAgent } from '../testing/lone-agent.ts'
import { createWorld, until, vmObject, vmSpec, volumeObject } from '../testing/world.ts'
import { bootMs, fenceFiles, readWhole, type LeaseFile } from './lease-file.ts'

const reason = missingTools()
const LIMIT_MS = 120_000
const TTL_S = 12
/** Appends to the volume, flushed, for as long as it lives. */
const WRITER = 'n=0; while :; do n=$((n+1)); echo "$n" | dd of=/data/log oflag=append conv=notrunc,fsync 2>/dev/null; echo "wrote $n"; usleep 50000; done'

describe.skipIf(reason !== null)(`strict volumes and the fence process${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 900_000 }, async () => {
  if (reason !== null) return
  const [harness, world] = [await qemuHarness(), await createWorld()]
  const data = join(harness.folder, 'node')
  mkdirSync(join(data, 'agent'), { recursive: true })
  mkdirSync(join(harness.folder, 'image'))
  const rootfs = await makeBusyboxImage(join(harness.folder, 'image'))
  const files = fenceFiles(join(data, 'agent/fence'))
  const children = new Set<ChildProcess>()
  world.portal.leaseTtlS = TTL_S

  const run = (script: string, argument: string[] = []): ChildProcess => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '..', script), ...argument], { env: { ...process.env, SHELLWEGO_DATA: data }, stdio: 'inherit' })
    children.add(child)
    return child
  }
  const agent = (): ChildProcess => run('testing/lone-agent.ts', [JSON.stringify({
    dir: join(data, 'agent'), portalUrl: world.portalUrl, joinTokenFile: join(world.dir, 'token'), vmsDir: harness.vmsDir, guestDir: harness.guestDir,
    volumesDir: join(harness.folder, 'volumes'), disksDir: join(harness.folder, 'disks'), rootfs, script: WRITER,
  } satisfies LoneAgent)])
  const end = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
    children.delete(child)
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
  afterAll(async () => {
    await Promise.all([...children].map(end))
    await harness.dispose()
    await world.close()
  })

  const app = (n: number, fence = 1): DesiredObject => vmObject(`vm_${n}`, 1, {
    volumes: [{ id: `vol_${n}`, mount_path: '/data', read_only: false, fence }], env: {}, secrets: {}, port: null, network: { ...vmSpec().network, address: `10.64.1.${n + 1}/24` },
  })
  const wanted = (fence?: number): DesiredObject[] =>
    [app(1), app(2), volumeObject('vol_1', fence === undefined ? 1 : 2, { mode: 'strict', ...(fence === undefined ? {} : { fence }) }), volumeObject('vol_2')]
  const aliveIds = async (): Promise<string[]> => (await harness.driver().list()).map(({ id }) => id).sort()
  const startOf = (id: string) => world.portal.status(id)?.vm_start_id
  const both = (): boolean => ['vm_1', 'vm_2'].every((id) => world.portal.status(id)?.phase === 'running')
  const deadline = (): number => readWhole<LeaseFile>(files.lease)?.deadlineMs ?? Infinity
  const gone = async (): Promise<number> => {
    await until('the strict one is gone', async () => !(await aliveIds()).includes('vm_1'), LIMIT_MS)
    return bootMs()
  }

  let running = agent()

  test('an agent that is killed: the strict instance ends at its deadline, the pinned one lives', async () => {
    world.portal.want(wanted())
    await until('the fence process is missed', () => world.portal.lastStatus?.node.fencing?.fault != null, LIMIT_MS)
    run('fence/main.ts')
    await until('both run', both, LIMIT_MS)
    await until('it is armed', () => world.portal.lastStatus?.node.fencing?.armed[0] === 'vol_1', LIMIT_MS)
    await end(running)
    const due = deadline()
    expect(due - bootMs()).toBeLessThanOrEqual(TTL_S * 1000)
    expect(await aliveIds()).toEqual(['vm_1', 'vm_2'])
    const endedAt = await gone()
    process.stdout.write(`fence: the strict VM was gone ${endedAt - due} ms after its deadline\n`)
    expect(endedAt).toBeGreaterThanOrEqual(due)
    expect(endedAt - due).toBeLessThan(5_000)
    expect(await aliveIds()).toEqual(['vm_2'])
  })

  test('an agent that comes back starts it again when the portal answers, and finds the pinned one as it was', async () => {
    const before = startOf('vm_2')
    const first = startOf('vm_1')
    running = agent()
    await until('started anew', () => both() && startOf('vm_1') !== first, LIMIT_MS)
    expect(startOf('vm_2')).toBe(before)
  })

  test('an agent that stands still is no help to it either', async () => {
    await until('armed', async () => (await aliveIds()).length === 2, LIMIT_MS)
    running.kill('SIGSTOP')
    const due = deadline()
    const endedAt = await gone()
    expect(endedAt - due).toBeLessThan(5_000)
    expect(await aliveIds()).toEqual(['vm_2'])
  })

  test('the portal has given the volume on meanwhile: the agent that wakes up refuses to start the writer', async () => {
    world.portal.least = { vol_1: 7 }
    world.portal.want(wanted(7))
    running.kill('SIGCONT')
    await until('refused', () => world.portal.status('vm_1')?.code === 'volume_fenced', LIMIT_MS)
    expect(await aliveIds()).toEqual(['vm_2'])
    await end(running)
    running = agent()
    await until('heard', () => world.portal.status('vol_1')?.volume?.observed_fence === 7, LIMIT_MS)
    expect(await aliveIds()).toEqual(['vm_2'])
  })
})
