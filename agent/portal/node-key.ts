/** Who this machine is: an Ed25519 key and an install id, made once, readable by us alone. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface NodeKey {
  installId: string
  /** SPKI DER, base64. */
  publicKey: string
  /** Input for keys derived from this node's identity. */
  secret: Buffer
  sign(payload: string): string
}

export function loadNodeKey(path: string): NodeKey {
  if (!existsSync(path)) createKeyFile(path)
  const stored = JSON.parse(readFileSync(path, 'utf8')) as { install_id: string; private_key: string }
  const privateKey: KeyObject = createPrivateKey({ key: Buffer.from(stored.private_key, 'base64'), format: 'der', type: 'pkcs8' })
  return {
    installId: stored.install_id,
    publicKey: createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64'),
    secret: Buffer.from(stored.private_key, 'base64'),
    sign: (payload) => sign(null, Buffer.from(payload), privateKey).toString('base64'),
  }
}

function createKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const { privateKey } = generateKeyPairSync('ed25519')
  const body = JSON.stringify({ install_id: randomUUID(), private_key: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64') })
  const file = openSync(`${path}.new`, 'w', 0o600)
  writeSync(file, body)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}
