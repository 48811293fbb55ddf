import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { firecrackerHarness, missingForDoubles } from '../../../testing/firecracker/harness.ts'
import { recorder } from '../vmm.contract.ts'
import { takeSnapshot } from './snapshot.ts'
import type { FirecrackerVm } from './vm.ts'

const reason = missingForDoubles()

describe.skipIf(reason !== null)(`Firecracker snapshots${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 60_000 }, async () => {
  if (reason !== null) return
  const harness = await firecrackerHarness()
  const driver = harness.withOptions({ bootRetries: 0 })
  const filesAt = (name: string) => ({ state: join(harness.folder, `${name}.state`), memory: join(harness.folder, `${name}.memory`) })
  afterAll(() => harness.dispose())

  async function boot(argv: string[]) {
    const spec = await harness.spec({ argv, env: { GREETING: 'hi' } })
    const recorded = recorder(harness.patienceMs)
    return { spec, recorded, vm: (await driver.start(spec, { SECRET: 'k33p' }, recorded)) as FirecrackerVm }
  }

  test('a VM put to sleep goes on where it was: same secrets, log numbers, and commands work at once', async () => {
    const { spec, vm, recorded } = await boot(['report'])
    await recorded.until(() => recorded.lines.length > 0, 'the report')
    const files = filesAt('sleep')
    await takeSnapshot(vm, files, { goesOn: false })
    expect(recorded.exits).toMatchObject([{ kind: 'vmm', reason: 'killed' }])
    expect((await stat(files.memory)).mode & 0o777).toBe(0o600)
    expect((await stat(files.memory)).uid).toBe(0)
    const later = recorder(harness.patienceMs)
    const awake = await driver.startFrom(files, { ...spec, startId: `${spec.id}-2` }, {}, later)
    expect(later.started).toBe(1)
    await later.until(() => later.lines.length > 1, 'lines of before and after')
    expect(later.lines.map(({ seq }) => seq)).toEqual([1, 2])
    expect(later.lines[1]?.line).toContain('secret=k33p')
    expect(await awake.exec(['streams'], { timeoutMs: 5000, stdin: 'still there' })).toMatchObject({ exitCode: 7, stdout: 'still there' })
    const calls = await harness.calls(spec.id)
    expect(calls.map(({ path }) => path)).toEqual(['/logger', '/snapshot/load'])
    await awake.kill()
    await driver.cleanup(spec.id)
    expect(await harness.leftovers(spec.id)).toEqual([])
  })

  test('a snapshot of a VM that goes on: disks are copied while it stands still', async () => {
    const { spec, vm, recorded } = await boot(['ticker'])
    await recorded.until(() => recorded.lines.length > 5, 'ticks')
    let during = -1
    await takeSnapshot(vm, filesAt('running'), { goesOn: true, whilePaused: async () => {
      await new Promise((resolve) => { setTimeout(resolve, 50) })
      during = recorded.lines.length
      await new Promise((resolve) => { setTimeout(resolve, 100) })
      expect(recorded.lines.length).toBe(during)
    } })
    await recorded.until(() => recorded.lines.length > during + 20, 'ticks after the snapshot')
    expect((await harness.calls(spec.id)).slice(-3).map(({ path, body }) => body['state'] ?? path)).toEqual(['Paused', '/snapshot/create', 'Resumed'])
    expect(JSON.parse(await readFile(filesAt('running').state, 'utf8'))).toHaveProperty('drives')
    await vm.kill()
    await driver.cleanup(spec.id)
  })

  test('a snapshot that fails leaves the VM running and no file', async () => {
    const { spec, vm, recorded } = await boot(['ticker'])
    const files = filesAt('failed')
    await expect(takeSnapshot(vm, files, { goesOn: false, whilePaused: () => Promise.reject(new Error('the disk is full')) })).rejects.toMatchObject({ code: 'vmm_failed', message: 'the disk is full' })
    await expect(stat(files.memory)).rejects.toMatchObject({ code: 'ENOENT' })
    const seen = recorded.lines.length
    await recorded.until(() => recorded.lines.length > seen + 20, 'ticks')
    await vm.kill()
    await driver.cleanup(spec.id)
  })

  test('a damaged snapshot is refused with the reason, and nothing runs', async () => {
    const { spec, vm } = await boot(['report'])
    const files = filesAt('damaged')
    await takeSnapshot(vm, files, { goesOn: false })
    await writeFile(files.state, 'not a snapshot')
    await expect(driver.startFrom(files, spec, {}, recorder(1000))).rejects.toMatchObject({ code: 'vmm_failed', message: expect.stringContaining('/snapshot/load') as string })
    expect(await driver.list()).toEqual([])
    await driver.cleanup(spec.id)
  })
})
