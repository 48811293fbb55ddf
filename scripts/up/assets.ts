import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { digestOf } from '../build/stamp.ts'
import { makeFolder, readOptional, writeAtomic } from '../host/files.ts'
import { buildBuiltinImages } from '../images/build.ts'
import { waitForRegistry } from '../images/registry.ts'
import { registrySpec } from './parts.ts'
import type { Setting } from './setting.ts'
import type { Supervisor } from './supervisor.ts'

const HOST_PROGRAMS = ['/bin/busybox', '/usr/bin/redis-check-rdb']

/** Changes when the recipe of the images or a program packed into them does. */
function recipeDigest(): string {
  const programs = HOST_PROGRAMS.map((file) => existsSync(file) ? `${file} ${statSync(file).size} ${statSync(file).mtimeMs}` : file)
  return createHash('sha256').update([digestOf(['scripts/images']), ...programs].join('\n')).digest('hex')
}

/**
 * The built-in images and the registry that serves them. It takes writes only while we fill it:
 * afterwards no process of this machine can change what `builtin/…` means.
 */
export async function prepareRegistry({ config, ports, users }: Setting, supervisor: Supervisor): Promise<void> {
  const stamp = path.join(config.data, 'builtin-images.stamp')
  const digest = recipeDigest()
  const address = `127.0.0.1:${ports.registry}`
  if (readOptional(stamp) !== digest) {
    supervisor.start(registrySpec(config.data, { port: ports.registry, owner: users.registry, readOnly: false }))
    await waitForRegistry(address)
    await buildBuiltinImages({ workDir: makeFolder(path.join(config.data, 'builtin-images'), 0o700), registry: address })
    await supervisor.stop('registry')
    writeAtomic(stamp, digest)
  }
  supervisor.start(registrySpec(config.data, { port: ports.registry, owner: users.registry, readOnly: true }))
}
