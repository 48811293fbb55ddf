/** Encrypted volumes: Firecracker knows no LUKS, so the kernel opens them, by a key that is a file in memory for that moment. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { runCommand, tryCommand } from '../../command.ts'
import { withKeyFile } from '../../key-file.ts'
import { VmmError } from '../../vmm.ts'
import type { VmRecord } from './record.ts'

type Volume = VmRecord['volumes'][number]

const OPEN_MS = 60_000

/** Device names are short and one flat space. */
const mapperName = ({ id, path }: Volume): string => `shellwego-${createHash('sha256').update(`${id}\0${path}`).digest('hex').slice(0, 24)}`
const mapperPath = (volume: Volume): string => `/dev/mapper/${mapperName(volume)}`

export async function openVolume(volume: Volume, key: string): Promise<string> {
  if (key === '') throw new VmmError('vmm_failed', `no key for the encrypted volume ${volume.id}`)
  await closeVolume(volume)
  const mode = volume.readOnly ? ['--readonly'] : []
  await withKeyFile(key, null, (file) =>
    runCommand(['cryptsetup', 'open', '--type', 'luks', ...mode, '--allow-discards', '--key-file', file, volume.path, mapperName(volume)], { timeoutMs: OPEN_MS }))
  return mapperPath(volume)
}

export async function closeVolume(volume: Volume): Promise<void> {
  if (volume.encrypted && existsSync(mapperPath(volume))) await runCommand(['cryptsetup', 'close', mapperName(volume)], { timeoutMs: OPEN_MS })
}

export async function closeVolumes({ volumes }: VmRecord): Promise<void> {
  for (const volume of volumes) await closeVolume(volume).catch(() => {})
}

/** After its container grew. */
export async function growOpenVolume(volume: Volume): Promise<void> {
  const { code, stderr } = await tryCommand(['cryptsetup', 'resize', mapperName(volume)], { timeoutMs: OPEN_MS })
  if (code !== 0) throw new VmmError('vmm_failed', `the encrypted volume ${volume.id} could not grow: ${stderr.trim()}`)
}
