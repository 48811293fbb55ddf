/** The node's key in the mesh: made here, never leaves; only its public half is told. */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { tryCommand } from '../../command.ts'
import { MESH } from '../names.ts'

const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** Base64, as WireGuard writes keys. */
export function loadMeshKey(path: string): { publicKey: string } {
  if (!existsSync(path)) {
    const { d = '' } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' })
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.new`, `${Buffer.from(d, 'base64url').toString('base64')}\n`, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  const raw = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_X25519, raw]), format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  return { publicKey: Buffer.from(x, 'base64url').toString('base64') }
}

/** WireGuard in the kernel, or the program that does the same. */
export async function meshPossible(): Promise<boolean> {
  if ((await tryCommand(['wg', '--version'])).code !== 0) return false
  if (existsSync(`/sys/class/net/${MESH}`)) return true
  if ((await tryCommand(['wireguard-go', '--version'])).code === 0) return true
  const trial = `${MESH}try`
  const made = (await tryCommand(['ip', 'link', 'add', trial, 'type', 'wireguard'])).code === 0
  if (made) await tryCommand(['ip', 'link', 'del', trial])
  return made
}
