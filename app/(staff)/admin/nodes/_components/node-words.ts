import { nodeLook } from '../../../../_lib/status.ts'
import type { NodeView } from '../../../../_lib/wire.ts'
import type { StatusLook } from '../../../../_ui/status.tsx'

const duties: Record<string, StatusLook> = {
  cordoned: { tone: 'attention', word: 'Cordoned' },
  draining: { tone: 'info', word: 'Draining', busy: true },
  maintenance: { tone: 'idle', word: 'Maintenance' },
}

/** What matters most about a node: that it is not heard, else what it was set to. */
export const lookOf = (node: Pick<NodeView, 'status' | 'duty'>): StatusLook => (node.status === 'ready' ? duties[node.duty] ?? nodeLook('ready') : nodeLook(node.status))

const upgrades: Record<string, StatusLook> = {
  waiting: { tone: 'idle', word: 'Waiting' },
  offered: { tone: 'info', word: 'Offered', busy: true },
  fetching: { tone: 'info', word: 'Fetching', busy: true },
  testing: { tone: 'info', word: 'Testing itself', busy: true },
  restarting: { tone: 'info', word: 'Restarting', busy: true },
  trial: { tone: 'info', word: 'On trial', busy: true },
  done: { tone: 'good', word: 'Upgraded' },
  failed: { tone: 'bad', word: 'Not upgraded' },
  rolled_back: { tone: 'bad', word: 'Rolled back' },
  skipped: { tone: 'attention', word: 'Left out' },
}
export const upgradeLook = (state: string): StatusLook => upgrades[state] ?? { tone: 'idle', word: state }

export const placeOf = (node: Pick<NodeView, 'region' | 'zone'>): string => [node.region, node.zone].filter((part) => part !== '').join(' · ')

/** What starts its machines. */
export const vmmWords = ({ driver, accelerator }: Pick<NodeView, 'driver' | 'accelerator'>): string =>
  (driver === 'firecracker' ? 'Firecracker' : driver === 'qemu' ? `QEMU (${accelerator})` : driver)

/** `disk=fast, gpu` and back. */
export const labelsText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels).map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join(', ')

export const readLabels = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(',').map((part) => part.trim()).filter((part) => part !== '').map((part) => {
    const [name = '', ...value] = part.split('=')
    return [name.trim(), value.join('=').trim()]
  }))

/** How many percent of its memory are promised, for the map. */
export const fillOf = (node: Pick<NodeView, 'memory_mib'>): number =>
  (node.memory_mib.total === 0 ? 0 : Math.min(100, Math.round((node.memory_mib.used / node.memory_mib.total) * 100)))

/** Nodes by region and zone, in the order of their names. */
export const byPlace = (nodes: readonly NodeView[]): { place: string; nodes: NodeView[] }[] => {
  const groups = new Map<string, NodeView[]>()
  for (const node of nodes) groups.set(placeOf(node), [...groups.get(placeOf(node)) ?? [], node])
  return [...groups].sort(([a], [b]) => a.localeCompare(b))
    .map(([place, list]) => ({ place, nodes: list.toSorted((a, b) => a.hostname.localeCompare(b.hostname)) }))
}
