/** The two settings of the host we need, noted before the first change and put back at shutdown. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

const IP_FORWARD = '/proc/sys/net/ipv4/ip_forward'
const TUN = '/dev/net/tun'
/** As udev sets it; a TAP is still opened only by its owner. */
const TUN_MODE = 0o666

interface Noted { ip_forward: string; tun_mode: number }

const current = (): Noted => ({ ip_forward: readFileSync(IP_FORWARD, 'utf8').trim(), tun_mode: statSync(TUN).mode & 0o777 })

export async function prepareHost(stateFile: string): Promise<void> {
  const now = current()
  if (!existsSync(stateFile)) {
    await mkdir(dirname(stateFile), { recursive: true })
    await writeFile(stateFile, JSON.stringify(now), { mode: 0o600 })
  }
  if (now.ip_forward !== '1') await writeFile(IP_FORWARD, '1')
  if (now.tun_mode !== TUN_MODE) await chmod(TUN, TUN_MODE)
}

export async function restoreHost(stateFile: string): Promise<void> {
  if (!existsSync(stateFile)) return
  const noted = JSON.parse(await readFile(stateFile, 'utf8')) as Noted
  if (noted.ip_forward === '0') await writeFile(IP_FORWARD, '0')
  if (noted.tun_mode !== TUN_MODE) await chmod(TUN, noted.tun_mode)
  await rm(stateFile)
}
