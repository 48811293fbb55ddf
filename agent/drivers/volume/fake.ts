/** Volumes that exist only in memory. The host outlives drivers, so that a test can restart the agent on it. */
import { hash } from 'node:crypto'
import { VolumeError, type DiskContent, type SnapshotFacts, type VolumeDriver, type VolumeRef } from '../volume.ts'

interface Content { sizeMib: number; words: Map<number, string> }

export class FakeVolumeHost {
  readonly volumes = new Map<string, Content>()
  readonly snapshots = new Map<string, { facts: SnapshotFacts; content: Content }>()
  /** Noted beside each volume. */
  readonly fences = new Map<string, number>()
  free = 100_000
  /** Thrown by the operation it returns an error for. */
  fault: (operation: string) => Error | null = () => null

  write(id: string, at: number, word: string): void {
    this.volumes.get(id)?.words.set(at, word)
  }
}

const copyOf = (content: Content): Content => ({ sizeMib: content.sizeMib, words: new Map(content.words) })
const checksumOf = ({ sizeMib, words }: Content): string => hash('sha256', JSON.stringify([sizeMib, [...words].sort(([a], [b]) => a - b)]))

/** One block per word, and one for the size. */
function contentOf(content: Content, facts: SnapshotFacts): DiskContent {
  const parts = [String(content.sizeMib), ...[...content.words].sort(([a], [b]) => a - b).map((pair) => JSON.stringify(pair))].map((text) => Buffer.from(text))
  return {
    sizeBytes: facts.sizeMib * 2 ** 20, headBytes: 0, checksum: facts.checksum, takenAtMs: facts.takenAtMs, blocks: parts.map((part) => hash('sha256', part)),
    read: async (index) => parts[index] ?? Buffer.alloc(0),
  }
}

async function writtenOut(from: DiskContent): Promise<Content> {
  const [size, ...words] = await Promise.all(from.blocks.map((_, index) => from.read(index)))
  return { sizeMib: Number(size?.toString()), words: new Map(words.map((word) => JSON.parse(word.toString()) as [number, string])) }
}

export function createFakeVolumes(host = new FakeVolumeHost()): VolumeDriver & { readonly host: FakeVolumeHost } {
  return { host, name: 'fake', path: ({ orgId, id }) => `/volumes/${orgId}/${id}.img`, freeMib: async () => host.free, ...volumeActs(host), ...snapshotActs(host) }
}

type VolumeActs = Pick<VolumeDriver, 'create' | 'inspect' | 'fence' | 'noteFence' | 'resize' | 'restore' | 'remove'>
type SnapshotActs = Pick<VolumeDriver, 'snapshot' | 'snapshots' | 'dropSnapshot' | 'content' | 'createFrom' | 'prove'>

function parts(host: FakeVolumeHost) {
  const enter = (operation: string): void => {
    const error = host.fault(operation)
    if (error) throw error
  }
  const held = (snapshotId: string): Content => {
    const found = host.snapshots.get(snapshotId)
    if (!found) throw new VolumeError('volume_not_ready', `There is no snapshot ${snapshotId} on this node (yet).`)
    return copyOf(found.content)
  }
  const present = ({ id }: VolumeRef): Content => {
    const found = host.volumes.get(id)
    if (!found) throw new VolumeError('volume_failed', `There is no volume ${id}.`)
    return found
  }
  return { enter, held, present }
}

function volumeActs(host: FakeVolumeHost): VolumeActs {
  const { enter, held, present } = parts(host)
  return {
    async create({ id }, sizeMib, snapshotId) {
      enter('create')
      if (host.volumes.has(id)) return
      const content = snapshotId === null ? { sizeMib, words: new Map<number, string>() } : held(snapshotId)
      host.volumes.set(id, { ...content, sizeMib: Math.max(sizeMib, content.sizeMib) })
    },
    async inspect({ id }) {
      const found = host.volumes.get(id)
      return found ? { sizeMib: found.sizeMib, usedMib: found.words.size } : null
    },
    async fence({ id }) {
      return host.volumes.has(id) ? host.fences.get(id) ?? 0 : 0
    },
    async noteFence({ id }, fence) {
      if (host.volumes.has(id)) host.fences.set(id, Math.max(fence, host.fences.get(id) ?? 0))
    },
    async resize(volume, sizeMib, open) {
      enter('resize')
      const content = present(volume)
      if (sizeMib < content.words.size) throw new VolumeError('below_used', `The files in the volume need more than ${sizeMib} MiB.`)
      content.sizeMib = sizeMib
      await open?.grow(sizeMib)
    },
    async restore({ id }, snapshotId) {
      enter('restore')
      host.volumes.set(id, held(snapshotId))
    },
    async remove({ id }) {
      enter('remove')
      host.volumes.delete(id)
      host.fences.delete(id)
      for (const [key, { facts }] of host.snapshots) if (facts.volumeId === id) host.snapshots.delete(key)
    },
  }
}

function snapshotActs(host: FakeVolumeHost): SnapshotActs {
  const { enter, present } = parts(host)
  return {
    async snapshot(volume, id, open) {
      enter('snapshot')
      const known = host.snapshots.get(id)
      if (known) return known.facts
      await open?.copyTo(`/volumes/${id}.copy`)
      const content = copyOf(present(volume))
      const facts = { id, volumeId: volume.id, sizeMib: content.sizeMib, addedBytes: content.words.size, checksum: checksumOf(content), takenAtMs: Date.now() }
      host.snapshots.set(id, { facts, content })
      return facts
    },
    async content(_, id) {
      enter('content')
      const found = host.snapshots.get(id)
      if (!found) throw new VolumeError('volume_not_ready', `There is no snapshot ${id} on this node (yet).`)
      return contentOf(found.content, found.facts)
    },
    async createFrom({ id }, sizeMib, content) {
      enter('createFrom')
      if (!host.volumes.has(id)) host.volumes.set(id, { ...await writtenOut(content), sizeMib })
    },
    async prove(volume, content, { key, trial }) {
      enter('prove')
      if (checksumOf(await writtenOut(content)) !== content.checksum) throw new VolumeError('backup_damaged', 'The checksums differ.')
      return trial({ path: `/volumes/${volume.id}.drill`, key })
    },
    async snapshots({ id }) {
      return [...host.snapshots.values()].map(({ facts }) => facts).filter(({ volumeId }) => volumeId === id)
    },
    async dropSnapshot(_, snapshotId) {
      enter('dropSnapshot')
      host.snapshots.delete(snapshotId)
    },
  }
}
