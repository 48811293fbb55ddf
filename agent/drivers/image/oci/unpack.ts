/** Unpacks an OCI layout with its owners: as root directly, else inside a user name space with a range of ids. */
import { rm } from 'node:fs/promises'
import { ImageError } from '../../image.ts'
import { runCommand, type CommandOptions } from './command.ts'

/** Entered the same way for every step, so that uid 999 of the image is the same id in each of them. */
const USER_NAMESPACE = ['unshare', '--user', '--map-root-user', '--map-auto', '--'] as const

export const ownershipPrefix = (uid: number): readonly string[] => (uid === 0 ? [] : USER_NAMESPACE)

const NO_IDS = /newuidmap|newgidmap|subuid|subgid|failed to find mapping|uid_map|unshare failed/i

const needsIds = (): ImageError => new ImageError(
  'image_invalid',
  'Node not ready: the owners of image files cannot be kept, because the user of the agent has no range of subordinate ids. Install the package '
  + 'uidmap and give that user a range (usermod --add-subuids 100000-165535 --add-subgids 100000-165535 <user>), or run the agent as root.',
  true,
)

/** Null when it worked, else what umoci printed. Throws {@link ImageError} when the node lacks what a name space needs. */
export async function unpackLayout(
  layout: string, tag: string, root: string, options: CommandOptions & { prefix: readonly string[] },
): Promise<string | null> {
  const [program = 'umoci', ...rest] = [...options.prefix, 'umoci', 'raw', 'unpack', '--image', `${layout}:${tag}`, root]
  const result = await runCommand([program, ...rest], options)
  if (result.code === 0) return null
  if (options.prefix.length > 0 && NO_IDS.test(result.stderr)) throw needsIds()
  return result.stderr
}

/** Files of a name space's ids can be deleted only from inside it. */
export async function removeTree(path: string, prefix: readonly string[]): Promise<void> {
  if (prefix.length > 0) {
    const [program = 'rm', ...rest] = [...prefix, 'rm', '-rf', '--one-file-system', '--', path]
    const result = await runCommand([program, ...rest], { signal: new AbortController().signal, timeoutMs: 300_000 }).catch(() => null)
    if (result?.code === 0) return
  }
  await rm(path, { recursive: true, force: true })
}
