/** Builds the built-in images without network access and pushes them to the loopback registry. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { builtinImages } from './builtin.ts'
import { pushImage } from './registry.ts'

export interface BuildOptions { workDir: string, registry: string }
export interface BuildResult { pushed: string[], unchanged: string[], digests: Record<string, string> }

const RECORD = 'builtin-images.json'

/** Idempotent: an image whose content did not change is neither uploaded nor re-tagged. */
export async function buildBuiltinImages({ workDir, registry }: BuildOptions): Promise<BuildResult> {
  await mkdir(workDir, { recursive: true })
  const result: BuildResult = { pushed: [], unchanged: [], digests: {} }
  for (const { name, tags, image } of await builtinImages()) {
    for (const tag of tags) {
      const pushed = await pushImage(registry, name, tag, image)
      result[pushed ? 'pushed' : 'unchanged'].push(`${name}:${tag}`)
      result.digests[`${name}:${tag}`] = image.manifest.digest
    }
  }
  const record = join(workDir, RECORD)
  await writeFile(`${record}.new`, JSON.stringify(result.digests, null, 2))
  await rename(`${record}.new`, record)
  return result
}
