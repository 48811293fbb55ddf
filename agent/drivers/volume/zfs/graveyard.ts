/** How volumes end whose snapshots others were made of: clones take over what they need, and what nobody needs goes. */
import type { Zfs, ZfsSnapshot } from './zfs.ts'

const FORMER = '.former-'

export class Graveyard {
  readonly #zfs: Zfs

  constructor(zfs: Zfs) {
    this.#zfs = zfs
  }

  async destroy(dataset: string): Promise<void> {
    if (await this.#zfs.exists(dataset)) await this.#zfs.destroy(dataset)
  }

  /** A name under which what a restore replaced keeps its snapshots. */
  async placeFor(dataset: string): Promise<string> {
    for (let number = 1; ; number += 1) {
      const name = `${dataset}${FORMER}${number}`
      if (!(await this.#zfs.exists(name))) return name
    }
  }

  /** What restores replaced goes with its last snapshot that somebody wants; the folder of an organization with its last volume. */
  async sweep(folder: string): Promise<void> {
    for (;;) {
      const volumes = await this.#zfs.volumes(folder)
      const wanted = new Set((await this.#zfs.snapshots(folder)).filter(({ dropped }) => !dropped).map(({ name }) => name.split('@', 1)[0]))
      const done = volumes.find(({ name }) => name.includes(FORMER) && !wanted.has(name))
      if (volumes.length === 0) return this.#zfs.destroyEmpty(folder)
      if (!done) return
      await this.#release(folder, done.name)
      await this.#zfs.destroy(done.name)
    }
  }

  /** The volume with all its snapshots, wherever they are by now. */
  async bury(folder: string, dataset: string, volumeId: string): Promise<void> {
    const names = (await this.#zfs.volumes(folder)).map(({ name }) => name)
    for (const name of [...names.filter((one) => one.startsWith(dataset + FORMER)), ...names.filter((one) => one === dataset)]) {
      await this.#release(folder, name)
      await this.#zfs.destroy(name)
    }
    for (const { name } of await this.#ownOf(folder, volumeId)) await this.#zfs.dropSnapshot(name)
    await this.sweep(folder)
  }

  async #ownOf(folder: string, volumeId: string): Promise<ZfsSnapshot[]> {
    return (await this.#zfs.snapshots(folder)).filter((snapshot) => snapshot.volumeId === volumeId && !snapshot.dropped)
  }

  /** Whoever was made of its snapshots takes them over, the newest first: that takes all older ones along. */
  async #release(folder: string, dataset: string): Promise<void> {
    for (;;) {
      const own = (await this.#zfs.snapshots(folder)).filter(({ name }) => name.startsWith(`${dataset}@`))
      const [heir] = own.findLast(({ clones }) => clones.length > 0)?.clones ?? []
      if (heir === undefined) return
      await this.#zfs.promote(heir)
    }
  }
}
