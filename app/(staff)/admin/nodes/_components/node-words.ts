import { nodeLook } from '../../../../_lib/status.ts'
import type { NodeDrainPreview, NodeView } from '../../../../_lib/wire.ts'
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

/** Why it cannot be declared dead now; null when it can. */
export const notDeadBecause = (node: Pick<NodeView, 'status' | 'declared_dead'>): string | null =>
  (node.declared_dead !== null ? 'It is declared dead.' : node.status === 'ready' ? 'It is heard.' : null)

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

/** Of a warning in a list; the rest is read where the node is looked at. */
export const firstSentence = (message: string): string => /^.*?[.](?= |$)/.exec(message)?.[0] ?? message

export interface Capacity { name: string; reserved: number; used: number }
const share = (part: number, total: number): number => (total === 0 ? 0 : Math.max(0, Math.min(100, Math.round((part / total) * 100))))

/** In percent, for the map: what is reserved for instances, and what the machine says is in use. */
export const capacitiesOf = ({ vcpu, memory_mib: memory, disk_mib: disk, load }: Pick<NodeView, 'vcpu' | 'memory_mib' | 'disk_mib' | 'load'>): Capacity[] => [
  { name: 'Memory', reserved: share(memory.used, memory.total), used: share(memory.total - memory.free, memory.total) },
  { name: 'vCPU', reserved: share(vcpu.used, vcpu.total), used: share(load, vcpu.total) },
  { name: 'Disk', reserved: share(disk.used, disk.total), used: share(disk.total - disk.free, disk.total) },
]

export interface Zone { zone: string; nodes: NodeView[] }
export interface Region { region: string; count: number; zones: Zone[] }

const grouped = (nodes: readonly NodeView[], by: (node: NodeView) => string): [string, NodeView[]][] => {
  const groups = new Map<string, NodeView[]>()
  for (const node of nodes) groups.set(by(node), [...groups.get(by(node)) ?? [], node])
  return [...groups].sort(([a], [b]) => a.localeCompare(b))
}

/** Nodes by region and zone, in the order of their names. */
export const byPlace = (nodes: readonly NodeView[]): Region[] => grouped(nodes, (node) => node.region).map(([region, here]) => ({
  region, count: here.length,
  zones: grouped(here, (node) => node.zone).map(([zone, list]) => ({ zone, nodes: list.toSorted((a, b) => a.hostname.localeCompare(b.hostname)) })),
}))

export interface Destination { hostname: string | null; apps: { name: string; count: number }[]; why: string[] }

/** What goes where, those that stay last. */
export const movesOf = ({ instances }: NodeDrainPreview): Destination[] => {
  const to = new Map<string | null, NodeDrainPreview['instances']>()
  for (const one of instances) to.set(one.hostname, [...to.get(one.hostname) ?? [], one])
  return [...to].sort(([a], [b]) => Number(a === null) - Number(b === null) || String(a).localeCompare(String(b))).map(([hostname, list]) => {
    const apps = new Map<string, number>()
    for (const { app_name: name } of list) apps.set(name, (apps.get(name) ?? 0) + 1)
    const why = list.map((one) => (one.why === 'volumes' ? `${one.app_name}: its volumes are here.` : one.detail === null ? '' : `${one.app_name}: ${one.detail}`))
    return { hostname, apps: [...apps].map(([name, count]) => ({ name, count })), why: [...new Set(why.filter((text) => text !== ''))] }
  })
}

/** Machines speak of each other by id; people know them by name. */
export const withNames = (message: string, nodes: readonly NodeView[]): string =>
  nodes.reduce((text, { id, hostname }) => text.replaceAll(id, hostname), message)
