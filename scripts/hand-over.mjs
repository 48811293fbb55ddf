// Runs on any Node >= 20: makes node_modules match the lockfile, then hands over to the pinned Node 24.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const PARENT_POLL_MS = 1000

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages
  } catch {
    return {}
  }
}

/** npm keeps a copy of the lockfile of what it installed; optional packages may be of another platform. */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json')
  return Object.entries(packagesOf('package-lock.json')).every(([name, wanted]) =>
    name === '' || wanted.optional === true || wanted.peer === true || wanted.devOptional === true
    || installed[name]?.version === wanted.version)
}

function pinnedNode() {
  const file = path.join(root, `node_modules/node-linux-${process.arch}/bin/node`)
  return existsSync(file) ? file : undefined
}

function install() {
  if (isInstalled() && pinnedNode()) return
  console.log('installing npm packages (npm ci)')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (npm.status !== 0) process.exit(npm.status ?? 1)
}

/** npm does not always pass signals on: when the npm that started us is gone, the work it stood for ends too. */
function followParent(child) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, PARENT_POLL_MS).unref()
}

export function handOver(script, cwd = root) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    console.error(`Node 20 or newer is needed, this is ${process.versions.node}`)
    process.exit(1)
  }
  install()
  const node = pinnedNode()
  if (!node) {
    console.error(`no pinned Node for ${process.platform}-${process.arch}: the product runs on Linux x64 and arm64`)
    process.exit(1)
  }
  const child = spawn(node, [path.join(root, 'scripts', script), ...process.argv.slice(2)], { cwd, stdio: 'inherit' })
  // A terminal sends Ctrl-C to the whole group, so the child has SIGINT already; stay until it has cleaned up.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  followParent(child)
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
