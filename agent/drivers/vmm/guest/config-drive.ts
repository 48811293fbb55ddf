/** The plain settings of an instance as a small raw disk. Secrets never come here: they go over the channel. */
import { constants } from 'node:os'
import type { NetworkAttachment, VmSpec } from '../../vmm.ts'

const MAGIC = Buffer.from('SWGCONF1')
const SECTOR = 512
const USER_NETWORK = { address: '10.0.2.15/24', gateway: '10.0.2.2', dns: '10.0.2.3' }

/** The name by which the guest finds the disk of a volume, and QEMU its block node. */
export const volumeNode = (index: number): string => `vol${index}`

type Settings = [key: string, value: string][]

export function networkSettings(network: NetworkAttachment | null): Settings {
  if (network === null) return []
  const { address, gateway, dns } = network.kind === 'tap' ? network : USER_NETWORK
  return [['address', address], ['gateway', gateway], ['dns', dns]]
}

/** `SIGTERM`, `TERM` or a number, as OCI images write it; anything unknown is SIGTERM. */
export function signalNumber(name: string): number {
  const number = Number(name)
  if (Number.isInteger(number) && number > 0 && number < 65) return number
  const full = name.startsWith('SIG') ? name : `SIG${name}`
  return Object.entries(constants.signals).find(([known]) => known === full)?.[1] ?? constants.signals.SIGTERM
}

export function encodeConfigDrive(spec: Pick<VmSpec, 'hostname' | 'network' | 'process' | 'volumes'>): Buffer {
  const { argv, env, workdir, user, stopSignal } = spec.process
  const settings: Settings = [
    ['hostname', spec.hostname],
    ...networkSettings(spec.network),
    ['workdir', workdir === '' ? '/' : workdir],
    ['user', user],
    ['stop_signal', String(signalNumber(stopSignal))],
    ...spec.volumes.map(({ mountPath, readOnly }, index): [string, string] => ['volume', `${volumeNode(index)}:${readOnly ? 'ro' : 'rw'}:${mountPath}`]),
    ...argv.map((value): [string, string] => ['arg', value]),
    ...Object.entries(env).map(([name, value]): [string, string] => ['env', `${name}=${value}`]),
  ]
  const nul = settings.find(([, value]) => value.includes('\0'))
  if (nul) throw new TypeError(`${nul[0]} must not contain NUL`)
  const body = Buffer.from(settings.map(([key, value]) => `${key}\0${value}\0`).join(''))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  const used = MAGIC.length + length.length + body.length
  return Buffer.concat([MAGIC, length, body, Buffer.alloc((SECTOR - (used % SECTOR)) % SECTOR)])
}
