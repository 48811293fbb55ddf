import type { FakeVolumeHost } from '../../../agent/drivers/volume/fake.ts'

export interface Started { node: string; vmId: string; startId: string; volumes: readonly string[]; disks: FakeVolumeHost }

const WRITES_MS = 1_000

/** Every start and end of every machine of the fleet, as it happens; and what each wrote to its volumes. Whatever must never be is written down at once. */
export class Writers {
  readonly broken: string[] = []
  starts = 0
  readonly #alive = new Map<Started, number>()
  /** By volume: what it took the place of. */
  readonly #replaced = new Map<string, string>()
  /** By volume: how many words its writers were told are safe. Word n is written at n. */
  readonly #written = new Map<string, number>()
  readonly #timer = setInterval(() => this.#write(), WRITES_MS)
  readonly #strict = new Set<string>()

  stop(): void {
    clearInterval(this.#timer)
  }

  /** The customer was told that one takes the place of the other, and holds at least so many words. */
  replaces(volumeId: string, oldId: string, least: number): void {
    this.#replaced.set(volumeId, oldId)
    this.#written.set(volumeId, least)
    if (this.#strict.has(oldId)) this.#strict.add(volumeId)
  }

  strict(volumeId: string): void {
    this.#strict.add(volumeId)
  }

  writtenTo(volumeId: string): number {
    return this.#written.get(volumeId) ?? 0
  }

  started(one: Started): void {
    this.starts += 1
    for (const other of this.#alive.keys()) {
      if (other.vmId === one.vmId) this.#break(`I1 ${one.vmId} started on ${one.node} while it ran on ${other.node}`)
      for (const volume of one.volumes) for (const held of other.volumes) this.#compare(one, volume, other, held)
    }
    for (const volume of one.volumes) this.#find(one, volume)
    this.#alive.set(one, Date.now())
  }

  ended(one: Started): void {
    this.#alive.delete(one)
  }

  /** Of a pinned volume the operator's word counts, and the old one is a copy of its own; strict ones share the right to write whatever they are called. */
  #compare(one: Started, volume: string, other: Started, held: string): void {
    if (volume === held) this.#break(`I3 ${volume} has two writers, ${other.vmId} on ${other.node} and ${one.vmId} on ${one.node}`)
    else if (this.#strict.has(volume) && this.#rootOf(volume) === this.#rootOf(held)) {
      this.#break(`I3 ${volume} took the place of ${held}, and both have writers: ${one.vmId} on ${one.node} and ${other.vmId} on ${other.node}`)
    }
  }

  #rootOf(volume: string): string {
    const before = this.#replaced.get(volume)
    return before === undefined ? volume : this.#rootOf(before)
  }

  #find(one: Started, volume: string): void {
    const words = one.disks.volumes.get(volume)?.words
    const known = this.writtenTo(volume)
    if (!words) return this.#break(`I4 ${one.vmId} started with ${volume}, which is not on ${one.node}`)
    if (words.size < known) this.#break(`I4 ${one.vmId} found ${words.size} words in ${volume}, ${known} had been written`)
    this.#written.set(volume, words.size)
  }

  #write(): void {
    for (const { disks, volumes, startId } of this.#alive.keys()) {
      for (const volume of volumes) {
        const next = this.writtenTo(volume) + 1
        disks.write(volume, next, startId)
        this.#written.set(volume, next)
      }
    }
  }

  #break(what: string): void {
    this.broken.push(`${what} (${new Date().toISOString()})`)
  }
}
