import { expect, test } from 'vitest'
import { APP_UID, contractExecs, contractPrograms, fakePrograms } from '../../testing/vm-programs.ts'
import { FakeHost, FakeVmmDriver } from './fake.ts'
import { sleepContract } from './sleep.contract.ts'
import { recorder, vmmContract, type Harness } from './vmm.contract.ts'
import type { VmSpec } from '../vmm.ts'

let count = 0
const host = new FakeHost({ programs: fakePrograms })
const specOf = (process: Partial<VmSpec['process']> & { argv: string[] }): VmSpec => {
  count += 1
  return {
    id: `vm${count}`, startId: `start${count}`, hostname: 'guest', vcpu: 1, memoryMib: 128, rootfs: '/image', scratch: `/scratch${count}`, volumes: [], volumeKeys: {}, uid: null,
    network: { kind: 'user', mac: '52:54:00:00:00:01', forward: { listenAddress: '127.0.0.1', listenPort: 21_000, guestPort: 80 } },
    process: { env: {}, workdir: '/', user: '', stopSignal: 'SIGTERM', ...process },
  }
}

const harness: Harness = {
  programs: contractPrograms,
  execs: contractExecs,
  appUid: APP_UID,
  driver: () => new FakeVmmDriver(host),
  hungDriver: () => new FakeVmmDriver(new FakeHost({ hangBoots: 1 })),
  spec: (process) => Promise.resolve(specOf(process)),
  diskBytes: () => Promise.resolve(Buffer.alloc(0)),
  leftovers: (id) => Promise.resolve(host.folders.has(id) ? [id] : []),
  patienceMs: 2000,
}

vmmContract(harness)
sleepContract(harness)

test('fails as many boots as asked, then boots', async () => {
  const flaky = new FakeVmmDriver(new FakeHost({ failBoots: 2 }))
  const spec = specOf({ argv: ['anything'] })
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await expect(flaky.start(spec, {}, recorder(1000))).rejects.toMatchObject({ code: 'boot_timeout' })
  }
  await flaky.start(spec, {}, recorder(1000))
  expect(await flaky.list()).toHaveLength(1)
})

test('a crash on the host ends the VM by that reason', async () => {
  const crashing = new FakeHost()
  const recorded = recorder(1000)
  const spec = specOf({ argv: ['anything'] })
  await new FakeVmmDriver(crashing).start(spec, {}, recorded)
  crashing.crash(spec.id, { kind: 'vmm', reason: 'guest_panic', detail: 'test' })
  await recorded.until(() => recorded.exits.length > 0, 'the exit')
  expect(recorded.exits).toEqual([{ kind: 'vmm', reason: 'guest_panic', detail: 'test' }])
})

test('an overflowing ring keeps the newest lines and says how many are missing', async () => {
  const flooded = new FakeHost({ logRing: 10 })
  const spec = specOf({ argv: ['anything'] })
  const vm = await new FakeVmmDriver(flooded).start(spec, {}, recorder(1000))
  vm.detach()
  flooded.flood(spec.id, 100)
  const again = recorder(1000)
  await new FakeVmmDriver(flooded).attach(vm.identity, again)
  expect(again.lines[0]).toMatchObject({ stream: 'system', line: '91 log lines were dropped', seq: 91 })
  expect(again.lines.slice(1).map(({ seq }) => seq)).toEqual([92, 93, 94, 95, 96, 97, 98, 99, 100])
})
