import { expect, test } from 'vitest'
import { FakeHost, FakeVmmDriver, type FakeKnobs } from './fake.ts'
import type { FakeProgram } from './fake-machine.ts'
import { sleepContract } from './sleep.contract.ts'
import { recorder, vmmContract, type Harness } from './vmm.contract.ts'
import type { VmSpec } from '../vmm.ts'

const uidOf = (user: string): string => (user === 'app' ? '999' : '0')

const report: FakeProgram = (process) => {
  const { GREETING = '', SECRET = '' } = process.env
  process.onStopSignal(() => {
    process.log('stdout', 'bye')
    process.exit(0)
  })
  process.onExec((argv, stdin) => {
    if (argv[0] === 'streams') return { exitCode: 7, stdout: stdin, stderr: 'oops\n' }
    return argv[0] === 'hang' ? 'hang' : { exitCode: 127, stdout: '', stderr: '' }
  })
  process.log('stdout', `greeting=${GREETING} secret=${SECRET} workdir=${process.workdir} user=${uidOf(process.user)}`)
}

const programs: FakeKnobs['programs'] = {
  report,
  missing: null,
  lines: (process) => { for (let line = 1; line <= Number(process.argv[1]); line += 1) process.log('stdout', `line ${line}`) },
  exit: (process) => process.exit(Number(process.argv[1])),
  stubborn: (process) => {
    process.onStopSignal(() => {})
    process.log('stdout', 'alive')
  },
  ticker: (process) => {
    let tick = 0
    const timer = setInterval(() => {
      tick += 1
      process.log('stdout', `tick ${tick}`)
      if (tick > 500) clearInterval(timer)
    }, 1)
  },
}

let count = 0
const host = new FakeHost({ programs })
const specOf = (process: Partial<VmSpec['process']> & { argv: string[] }): VmSpec => {
  count += 1
  return {
    id: `vm${count}`, startId: `start${count}`, hostname: 'guest', vcpu: 1, memoryMib: 128, rootfs: '/image', scratch: `/scratch${count}`, volumes: [], volumeKeys: {}, uid: null,
    network: { kind: 'user', mac: '52:54:00:00:00:01', forward: { listenAddress: '127.0.0.1', listenPort: 21_000, guestPort: 80 } },
    process: { env: {}, workdir: '/', user: '', stopSignal: 'SIGTERM', ...process },
  }
}

const harness: Harness = {
  programs: {
    report: ['report'], lines: (lines) => ['lines', String(lines)], ticker: ['ticker'], exit: (code) => ['exit', String(code)],
    ignoresStopSignal: ['stubborn'], missing: ['missing'],
  },
  execs: { streams: ['streams'], hang: ['hang'] },
  appUid: '999',
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
