/** Which registries a node may talk to: public ones over TLS, the built-in one, and those the operator listed. */
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { ImageError } from '../../image.ts'
import { imageFailure } from './failures.ts'
import type { ImageReference } from './reference.ts'

export interface RegistryConfig {
  /** Address of the product's own registry, reached without TLS; null where a node has none. */
  builtinRegistry: string | null
  /** `host` or `host:port` entries that may resolve to private addresses. */
  allowRegistries: readonly string[]
}

export interface Endpoint { host: string, tls: boolean }

const PRIVATE = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
  ['192.0.2.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) PRIVATE.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [['::', 96], ['64:ff9b::', 96], ['2002::', 16], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv6')
}

export function isPrivateAddress(address: string): boolean {
  const family = isIP(address)
  return family === 0 || PRIVATE.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

const hostOf = (registry: string): string => registry.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')

const refused = (registry: string): ImageError => new ImageError(
  'image_invalid',
  `Registry not allowed: ${registry} is on a private network of the node. Use a public registry, or ask the operator to allow this one.`,
)

type Resolve = (host: string) => Promise<string[]>
const resolveAll: Resolve = async (host) => (await lookup(host, { all: true })).map((entry) => entry.address)

/** Where skopeo is to go; throws {@link ImageError} for registries out of bounds. */
export async function endpointFor(reference: ImageReference, config: RegistryConfig, shown: string, resolve: Resolve = resolveAll): Promise<Endpoint> {
  if (reference.builtin) {
    if (config.builtinRegistry === null) throw imageFailure('registry_unavailable', shown, 'the built-in registry', 'none is configured on this node')
    return { host: config.builtinRegistry, tls: false }
  }
  const host = hostOf(reference.registry)
  if (config.allowRegistries.includes(reference.registry) || config.allowRegistries.includes(host)) return { host: reference.registry, tls: true }
  const addresses = isIP(host) === 0 ? await resolve(host).catch((error: Error) => {
    throw imageFailure('registry_unavailable', shown, reference.registry, error.message)
  }) : [host]
  if (addresses.some(isPrivateAddress)) throw refused(reference.registry)
  return { host: reference.registry, tls: true }
}
