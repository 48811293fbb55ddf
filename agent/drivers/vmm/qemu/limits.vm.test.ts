import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { hostTrees } from '../control-group.ts'
import { PARENT, type Controller } from '../limits.ts'
import { recorder } from '../vmm.contract.ts'
import { missingTools, qemuHarness } from './qemu-harness.ts'

const { trees, missing } = hostTrees()
const reason = missingTools() ?? (missing.length > 0 ? `no control group for ${missing.join(', ')}` : null)
const BUSY = ['sh', '-c', 'echo ready; while :; do :; done']

describe.skipIf(reason !== null)(`what a VM may take of its host${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 90_000 }, async () => {
  if (reason !== null) return
  const harness = await qemuHarness()
  const driver = harness.driver()
  afterAll(() => harness.dispose())

  const treeOf = (controller: Controller) => trees.find(({ controllers }) => controllers.includes(controller))
  const folderOf = (controller: Controller, id: string): string => join(treeOf(controller)?.root ?? '', PARENT, id)
  const groupsOf = (pid: number): string => readFileSync(`/proc/${pid}/cgroup`, 'utf8')
  const boot = async (argv: string[], vcpu = 1) => {
    const spec = { ...(await harness.spec({ argv })), vcpu }
    const recorded = recorder(harness.patienceMs)
    const vm = await driver.start(spec, {}, recorded)
    await recorded.until(() => recorded.lines.length > 0, 'its first line')
    return { spec, recorded, vm }
  }

  test('it lives in groups of its own, with its limits, and they go with it', async () => {
    const { spec, vm } = await boot(BUSY)
    const held = groupsOf(vm.identity.pid)
    for (const controller of ['memory', 'cpu', 'pids'] as const) {
      expect(held).toMatch(new RegExp(`/${PARENT}/${spec.id}$`, 'm'))
      expect(existsSync(folderOf(controller, spec.id))).toBe(true)
    }
    expect(Number(readFileSync(join(folderOf('pids', spec.id), 'pids.max'), 'utf8'))).toBe(256)
    await vm.kill()
    await driver.cleanup(spec.id)
    for (const { root } of trees) expect(existsSync(join(root, PARENT, spec.id))).toBe(false)
  })

  test('a VM that takes more memory than it was granted ends, and it is said why', async () => {
    const { spec, vm, recorded } = await boot(BUSY)
    const tree = treeOf('memory')
    const [used, limit] = tree?.version === 2 ? ['memory.current', 'memory.max'] : ['memory.usage_in_bytes', 'memory.limit_in_bytes']
    const folder = folderOf('memory', spec.id)
    writeFileSync(join(folder, limit), String(Number(readFileSync(join(folder, used), 'utf8')) + (8 << 20)))
    await vm.exec(['awk', 'BEGIN { s = "0123456789abcdef"; while (length(s) < 50000000) s = s s }'], { timeoutMs: 20_000 }).catch(() => null)
    await recorded.until(() => recorded.exits.length > 0, 'its end')
    expect(recorded.exits[0]).toMatchObject({ kind: 'vmm', reason: 'killed', detail: expect.stringContaining('memory limit was reached') as string })
    await driver.cleanup(spec.id)
  })

  test('a tenth of a processor is a tenth of its time', async () => {
    // Emulation is granted twice the guest's share.
    const { spec, vm } = await boot(BUSY, 0.1)
    const used = (): Promise<number> => vm.stats().then(({ cpuUs }) => cpuUs)
    const [before, from] = [await used(), performance.now()]
    await new Promise((resolve) => { setTimeout(resolve, 5_000) })
    const share = (await used() - before) / 1000 / (performance.now() - from)
    expect(share).toBeLessThan(0.25)
    expect(share).toBeGreaterThan(0.05)
    await vm.kill()
    await driver.cleanup(spec.id)
  })
})
