/** What keeps parts running: systemd, or nobody. */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun } from '../drivers/vmm/command.ts'
import type { Unit } from './units.ts'

export interface Services {
  /** False: the machine has no systemd, and whoever installs keeps the parts running. */
  present(): boolean
  /** Written, enabled, started; running ones are started anew. */
  install(units: readonly Unit[]): Promise<void>
  remove(): Promise<void>
}

/** Of the units `known`: removing takes these away. */
export function systemdServices(known: readonly string[], folder = '/etc/systemd/system'): Services {
  const written = (): string[] => known.filter((name) => existsSync(join(folder, name)))
  return {
    present: () => existsSync('/run/systemd/system'),
    async install(units) {
      for (const { name, text } of units) {
        writeFileSync(join(folder, `${name}.new`), text, { mode: 0o644 })
        renameSync(join(folder, `${name}.new`), join(folder, name))
      }
      const names = units.map((unit) => unit.name)
      await mustRun(['systemctl', 'daemon-reload'])
      await mustRun(['systemctl', 'enable', '--quiet', ...names])
      await mustRun(['systemctl', 'restart', ...names])
    },
    async remove() {
      const names = written()
      if (names.length === 0) return
      await mustRun(['systemctl', 'disable', '--quiet', '--now', ...names])
      for (const name of names) rmSync(join(folder, name))
      await mustRun(['systemctl', 'daemon-reload'])
    },
  }
}
