/** How agents that only pretend come to another release: the real upgrader over links in a folder, without anything to fetch or to start. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { MakeUpgrader } from '../agent/release/node-upgrader.ts'
import { Releases, releaseName } from '../agent/release/layout.ts'
import { Upgrader, type Running } from '../agent/release/upgrader.ts'
import { silentLogger } from '../agent/runtime/log.ts'

export const OLD_RELEASE = '00000000deadbeef'

/** `when`: how long it is at fetching. */
export interface PretendedUpgrade { fate: 'arrives' | 'fails its self-test' | 'rolls back'; when?: Promise<void> }

type Restart = (next: Running) => void

export const upgraderOf = (dir: string, { fate, when }: PretendedUpgrade, running: Running, restart: Restart): MakeUpgrader => ({ changed }) => {
  const folder = path.join(dir, 'releases')
  mkdirSync(folder, { recursive: true })
  const releases = new Releases(folder)
  let wanted = ''
  return new Upgrader({
    releases, running, changed, log: silentLogger,
    fetch: async (offer) => {
      wanted = releaseName(offer.manifest)
      await when
    },
    selftest: () => (fate === 'fails its self-test' ? Promise.reject(new Error('Its self-test failed: the kernel did not boot within 30 s')) : Promise.resolve()),
    restart: () => {
      if (fate === 'rolls back') releases.giveUp(wanted, 'The portal did not answer it in time.')
      restart(fate === 'rolls back' ? running : { name: wanted, onTrial: true })
    },
  })
}
