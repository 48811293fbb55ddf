/** `<internal name>.internal` inside one organization's network: its healthy instances, and nobody else's. */
import { parseAddress } from '../drivers/network.ts'
import { isRoutable, type Instance } from '../reconcile/instance.ts'
import type { Lookup } from './zone.ts'

const SUFFIX = '.internal'

export function privateLookup(networkId: string, instances: () => ReadonlyMap<string, Instance>): Lookup {
  return (name) => {
    if (!name.endsWith(SUFFIX)) return null
    const label = name.slice(0, -SUFFIX.length)
    const named = [...instances().values()].filter((instance) => {
      const spec = instance.desire?.spec
      return spec?.network.id === networkId && spec.internal_name === label
    })
    if (named.length === 0) return null
    return named.filter(isRoutable).map((instance) => parseAddress(instance.desire?.spec?.network.address ?? '').ip)
  }
}
