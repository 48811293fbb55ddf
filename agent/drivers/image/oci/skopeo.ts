/** The only place that starts skopeo. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ImageError } from '../../image.ts'
import { CommandTimeout, runCommand, type CommandResult } from './command.ts'
import { failureFromOutput, imageFailure } from './failures.ts'
import type { ImageReference } from './reference.ts'
import type { Endpoint } from './registry-policy.ts'

export interface SkopeoTimeouts { inspectMs: number, pullMs: number }
export interface Source { endpoint: Endpoint, reference: ImageReference, shown: string }

/** Credentials of whoever runs the agent must not leak into pulls, so HOME and the auth file are our own. */
const PASSED_ON = ['PATH', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR']

export class Skopeo {
  readonly #workDir: string
  readonly #timeouts: SkopeoTimeouts
  readonly #env: NodeJS.ProcessEnv

  constructor(workDir: string, timeouts: SkopeoTimeouts) {
    this.#workDir = workDir
    this.#timeouts = timeouts
    const passed = Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
    this.#env = {
      ...passed, NODE_ENV: process.env.NODE_ENV, LC_ALL: 'C', HOME: workDir, TMPDIR: workDir, REGISTRY_AUTH_FILE: join(workDir, 'auth.json'),
    }
  }

  async prepare(): Promise<void> {
    await writeFile(join(this.#workDir, 'auth.json'), '{}', { mode: 0o600 })
  }

  /** The manifest's exact bytes: its SHA-256 is the digest. */
  async manifest(source: Source, signal: AbortSignal): Promise<Buffer> {
    const argv = ['inspect', '--raw', `--tls-verify=${source.endpoint.tls}`, location(source)]
    return (await this.#run(argv, source, signal, this.#timeouts.inspectMs)).stdout
  }

  /** Older Docker manifests and layers packed by zstd are turned into what umoci reads: OCI with gzip. */
  async pull(source: Source, layout: string, tag: string, blobDir: string, signal: AbortSignal): Promise<void> {
    const argv = [
      'copy', '-q', `--src-tls-verify=${source.endpoint.tls}`, '--dest-compress-format', 'gzip', '--dest-shared-blob-dir', blobDir,
      location(source), `oci:${layout}:${tag}`,
    ]
    await this.#run(argv, source, signal, this.#timeouts.pullMs)
  }

  async #run(argv: string[], source: Source, signal: AbortSignal, timeoutMs: number): Promise<CommandResult> {
    try {
      const result = await runCommand(['skopeo', '--insecure-policy', ...argv], { signal, timeoutMs, env: this.#env })
      if (result.code === 0) return result
      throw failureFromOutput(result.stderr, source.shown, source.reference.registry)
    } catch (error) {
      if (error instanceof CommandTimeout) throw imageFailure('registry_unavailable', source.shown, source.reference.registry, error.message)
      throw missingTool(error) ?? error
    }
  }
}

function location({ endpoint, reference }: Source): string {
  const version = reference.digest === null ? `:${reference.tag ?? 'latest'}` : `@${reference.digest}`
  return `docker://${endpoint.host}/${reference.repository}${version}`
}

/** A node without the tools is the operator's fault, not the image's: worth trying again once they are there. */
export function missingTool(error: unknown): ImageError | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT' || !('path' in error)) return null
  const tool = String(error.path)
  return new ImageError('image_invalid', `Node not ready: the program ${tool} is missing. Install skopeo, umoci and e2fsprogs on the node.`, true)
}
