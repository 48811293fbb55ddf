import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'

const BLOCK = 1 << 20
const SMALL = 4_096

export interface Disk {
  /** Not a byte is left. */
  fill: () => void
  free: () => void
  unmount: () => void
}

/** A small disk for one folder, so that it can be full without the machine's being so. */
export function mountDisk(folder: string, size: '64m' | '768m' = '64m'): Disk {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'shellwego-chaos', folder])
  const ballast = path.join(folder, 'ballast')
  const unmount = (): void => void execFileSync('umount', ['--lazy', folder])
  process.once('exit', unmount)
  return {
    fill: () => {
      const file = openSync(ballast, 'w')
      for (const size of [BLOCK, SMALL]) {
        const block = Buffer.alloc(size, 1)
        try {
          for (;;) writeSync(file, block)
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
        }
      }
      closeSync(file)
    },
    free: () => rmSync(ballast, { force: true }),
    unmount: () => {
      process.removeListener('exit', unmount)
      unmount()
    },
  }
}
