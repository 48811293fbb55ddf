/** Certificates that customers brought lie in files only the edge can read: in the configuration Caddy would show the keys. */
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SpecialRoute } from '../../route.ts'

export interface CertificateFiles { certificate: string; key: string }
type Pair = NonNullable<SpecialRoute['certificate']>

/** Why the edge would not serve with it; null when it would. One bad pair would make Caddy refuse the whole configuration. */
export function certificateFault({ chain, key }: Pair): string | null {
  try {
    return new X509Certificate(chain).checkPrivateKey(createPrivateKey(key)) ? null : 'The certificate does not belong to its private key.'
  } catch {
    return 'The certificate or its private key cannot be read.'
  }
}

export class CertificateStore {
  readonly #folder: string
  readonly #storage: string

  constructor(storage: string) {
    this.#storage = storage
    this.#folder = join(storage, 'uploaded')
  }

  /** The name tells the content, so that a renewed pair is another file and Caddy reads it. */
  keep(pair: Pair): CertificateFiles {
    const name = createHash('sha256').update(pair.chain).update('\n').update(pair.key).digest('hex').slice(0, 40)
    const files = { certificate: join(this.#folder, `${name}.crt`), key: join(this.#folder, `${name}.key`) }
    if (existsSync(files.certificate) && existsSync(files.key)) return files
    this.#write(files.key, pair.key)
    this.#write(files.certificate, pair.chain)
    return files
  }

  /** Of pairs no route has any more. */
  prune(wanted: readonly CertificateFiles[]): void {
    if (!existsSync(this.#folder)) return
    const keep = new Set(wanted.flatMap(({ certificate, key }) => [certificate, key]))
    for (const name of readdirSync(this.#folder)) if (!keep.has(join(this.#folder, name))) rmSync(join(this.#folder, name), { force: true })
  }

  #write(path: string, text: string): void {
    const { uid, gid } = statSync(this.#storage)
    if (!existsSync(this.#folder)) {
      mkdirSync(this.#folder, { mode: 0o700 })
      chownSync(this.#folder, uid, gid)
    }
    writeFileSync(`${path}.new`, text, { mode: 0o600 })
    chownSync(`${path}.new`, uid, gid)
    renameSync(`${path}.new`, path)
  }
}
