import { expect, test } from 'vitest'
import type { VmSpec } from '../../vmm.ts'
import { encodeConfigDrive, signalNumber } from './config-drive.ts'

const spec: Pick<VmSpec, 'hostname' | 'network' | 'process' | 'volumes'> = {
  hostname: 'web-1', volumes: [{ id: 'vol_1', path: '/v.img', mountPath: '/data', readOnly: false, encrypted: false }],
  network: { kind: 'tap', ifname: 'swg1', mac: '02:00:00:00:00:01', address: '10.64.1.2/24', gateway: '10.64.1.1', dns: '10.64.1.1' },
  process: { argv: ['/app', '--port', '80'], env: { A: '1', B: 'x=y' }, workdir: '', user: 'app:web', stopSignal: 'QUIT' },
}

function settingsOf(drive: Buffer): [string, string][] {
  expect(drive.toString('ascii', 0, 8)).toBe('SWGCONF1')
  const parts = drive.toString('utf8', 12, 12 + drive.readUInt32LE(8)).split('\0').slice(0, -1)
  return Array.from({ length: parts.length / 2 }, (_, index) => [parts[index * 2] ?? '', parts[index * 2 + 1] ?? ''])
}

test('the drive lists every setting, repeated ones in order, in whole sectors', () => {
  const drive = encodeConfigDrive(spec)
  expect(drive.length % 512).toBe(0)
  expect(settingsOf(drive)).toEqual([
    ['hostname', 'web-1'], ['address', '10.64.1.2/24'], ['gateway', '10.64.1.1'], ['dns', '10.64.1.1'],
    ['workdir', '/'], ['user', 'app:web'], ['stop_signal', '3'],
    ['volume', 'vol0:rw:/data'], ['arg', '/app'], ['arg', '--port'], ['arg', '80'], ['env', 'A=1'], ['env', 'B=x=y'],
  ])
})

test('user networking has the fixed addresses of QEMU', () => {
  const user = { ...spec, network: { kind: 'user' as const, mac: '', forward: { listenAddress: '127.0.0.1', listenPort: 1, guestPort: 1 } } }
  expect(settingsOf(encodeConfigDrive(user)).slice(1, 4)).toEqual([['address', '10.0.2.15/24'], ['gateway', '10.0.2.2'], ['dns', '10.0.2.3']])
})

test('NUL in a value is refused, for it would end the value early', () => {
  expect(() => encodeConfigDrive({ ...spec, process: { ...spec.process, env: { A: 'x\0env\0EVIL=1' } } })).toThrow(/NUL/)
})

test('stop signals are read as OCI images write them', () => {
  expect([signalNumber('SIGTERM'), signalNumber('INT'), signalNumber('9'), signalNumber(''), signalNumber('SIGBOGUS')]).toEqual([15, 2, 9, 15, 15])
})
