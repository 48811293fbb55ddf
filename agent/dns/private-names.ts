/** `<internal name>.internal` inside one organization's network: its healthy instances, and nobody else's. */
import { parseAddress } from '../drivers/network.ts'
import { isRoutable, type Instance } from '../reconcile/instance.ts'
import type { NetworkPolicy } from '../drivers/network.ts'
import type { Lookup } from './zone.ts'

const SUFFIX = '.internal'

/** Of this network, by what comes before `.internal`. */
export function instancesNamed(networkId: string, instances: ReadonlyMap<string, Instance>, name: string): Instance[] {
  if (!name.endsWith(SUFFIX)) return []
  const label = name.slice(0, -SUFFIX.length)
  return [...instances.values()].filter((instance) => {
    const spec = instance.desire?.spec
    return spec?.network.id === networkId && spec.internal_name === label
  })
}

/** Of those on other nodes. */
export const awayNamed = (networkId: string, remote: NetworkPolicy['remote'], name: string): NetworkPolicy['remote'] =>
  remote.filter((one) => one.network_id === networkId && `${one.name}${SUFFIX}` === name)

export function privateLookup(networkId: string, instances: () => ReadonlyMap<string, Instance>, remote: () => NetworkPolicy['remote']): Lookup {
  return (name) => {
    if (!name.endsWith(SUFFIX)) return null
    const named = instancesNamed(networkId, instances(), name)
    const elsewhere = awayNamed(networkId, remote(), name)
    if (named.length === 0 && elsewhere.length === 0) return null
    const here = named.filter(isRoutable).map((instance) => parseAddress(instance.desire?.spec?.network.address ?? '').ip)
    return [...here, ...elsewhere.filter((one) => one.serving).map((one) => one.address)]
  }
}
