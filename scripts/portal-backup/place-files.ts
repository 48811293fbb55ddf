/** The files of a backup: put beside first, and into the data folder only when the database holds everything. */
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Owner } from '../host/files.ts'

export interface FilePlacer {
  file(name: string, body: Buffer): void
  /** Returns where what was there before lies now; null when nothing was. */
  place(edge: Owner | undefined): string | null
}

/** Under this name the old machine's settings lie beside the new one's. */
export const SETTINGS_NAME = 'restored-settings.env'

function ownAll(folder: string, owner: Owner): void {
  chownSync(folder, owner.uid, owner.gid)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const below = path.join(folder, entry.name)
    if (entry.isDirectory()) ownAll(below, owner)
    else chownSync(below, owner.uid, owner.gid)
  }
}

export function makeFilePlacer(data: string, now = new Date()): FilePlacer {
  const staged = path.join(data, 'restoring')
  const aside = path.join(data, `before-restore-${now.toISOString().slice(0, 19).replaceAll(':', '-')}`)
  rmSync(staged, { recursive: true, force: true })
  const names: string[] = []
  return {
    file: (name, body) => {
      const file = path.join(staged, name)
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
      writeFileSync(file, body, { mode: 0o600, flush: true })
      names.push(name)
    },
    place: (edge) => {
      let moved = false
      for (const name of names) {
        const target = path.join(data, name === 'settings.env' ? SETTINGS_NAME : name)
        if (existsSync(target)) {
          mkdirSync(path.dirname(path.join(aside, name)), { recursive: true, mode: 0o700 })
          renameSync(target, path.join(aside, name))
          moved = true
        }
        mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 })
        renameSync(path.join(staged, name), target)
        chmodSync(target, 0o600)
      }
      rmSync(staged, { recursive: true, force: true })
      const edgeFolder = path.join(data, 'edge')
      if (edge && existsSync(edgeFolder)) ownAll(edgeFolder, edge)
      return moved ? aside : null
    },
  }
}
