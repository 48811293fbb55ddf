/** Stands in for Firecracker's jailer: the same arguments, the same files left behind, no chroot and no namespaces. */
import { spawn } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { mustRun } from '../../drivers/vmm/command.ts'

const VALUES = ['id', 'exec-file', 'uid', 'gid', 'parent-cgroup', 'cgroup-version', 'chroot-base-dir', 'netns']
const LISTS = ['cgroup', 'resource-limit']
const FLAGS = ['daemonize', 'new-pid-ns']

interface Arguments { values: Record<string, string>; lists: Record<string, string[]>; flags: Set<string>; extra: string[] }

function parseArguments(argv: readonly string[]): Arguments {
  const end = argv.indexOf('--')
  const own = end < 0 ? argv : argv.slice(0, end)
  const parsed: Arguments = { values: {}, lists: {}, flags: new Set(), extra: end < 0 ? [] : argv.slice(end + 1) }
  for (let at = 0; at < own.length; at += 1) {
    const name = (own[at] ?? '').replace(/^--/, '')
    if (FLAGS.includes(name)) parsed.flags.add(name)
    else {
      const value = own[at += 1]
      if (value === undefined) throw new Error(`Missing value for ${name}`)
      if (LISTS.includes(name)) (parsed.lists[name] ??= []).push(value)
      else if (VALUES.includes(name) && !(name in parsed.values)) parsed.values[name] = value
      else throw new Error(`Found argument '--${name}' which wasn't expected, or isn't valid in this context.`)
    }
  }
  for (const name of ['id', 'exec-file', 'uid', 'gid']) if (!(name in parsed.values)) throw new Error(`Argument '${name}' required, but not found.`)
  return parsed
}

function checkValues({ values, lists }: Arguments): void {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(values['id'] ?? '')) throw new Error(`Invalid instance ID: ${values['id']}`)
  if (!/^\d+$/.test(values['uid'] ?? '') || !/^\d+$/.test(values['gid'] ?? '')) throw new Error('Invalid uid or gid')
  if (!['1', '2'].includes(values['cgroup-version'] ?? '1')) throw new Error('Invalid cgroup version')
  if (/(^|\/)\.{0,2}(\/|$)/.test(values['parent-cgroup'] ?? 'firecracker')) throw new Error('The parent cgroup path is not valid')
  for (const cgroup of lists['cgroup'] ?? []) if (!/^[a-z]+\.[a-z._]+=[^=]+$/.test(cgroup)) throw new Error(`Invalid format for cgroups: ${cgroup}`)
  for (const limit of lists['resource-limit'] ?? []) if (!/^(fsize|no-file)=\d+$/.test(limit)) throw new Error(`Invalid resource argument: ${limit}`)
}

/** Version 1 is what a jailer without `--cgroup-version` takes, and what no host of ours has. */
function joinCgroup({ values, lists }: Arguments, execName: string): void {
  if ((values['cgroup-version'] ?? '1') !== '2') throw new Error('cgroup v1 hierarchy not found')
  const mount = /^\S+ (\S+) cgroup2 /m.exec(readFileSync('/proc/self/mounts', 'utf8'))?.[1]
  if (mount === undefined) throw new Error('cgroup v2 hierarchy not found')
  const folder = join(mount, values['parent-cgroup'] ?? execName, values['id'] ?? '')
  mkdirSync(folder, { recursive: true })
  const controllers = readFileSync(join(mount, 'cgroup.controllers'), 'utf8').trim().split(' ')
  for (const cgroup of lists['cgroup'] ?? []) {
    const [file = '', value = ''] = cgroup.split('=')
    const there = controllers.includes(file.split('.')[0] ?? '')
    // A machine for tests may have its controllers in version 1; the real jailer would refuse.
    if (there) writeFileSync(join(folder, file), value)
    else if (process.env['DOUBLE_WITHOUT_CONTROLLERS'] === undefined) throw new Error(`Controller of ${file} is unavailable`)
  }
  writeFileSync(join(folder, 'cgroup.procs'), String(process.pid))
}

async function furnish(root: string, uid: number, gid: number): Promise<void> {
  for (const folder of ['', 'dev', 'dev/net', 'run']) {
    const path = join(root, folder)
    mkdirSync(path, { recursive: true })
    chmodSync(path, 0o700)
    chownSync(path, uid, gid)
  }
  for (const [device, major, minor] of [['dev/net/tun', '10', '200'], ['dev/kvm', '10', '232']] as const) {
    await mustRun(['mknod', '-m', '0600', join(root, device), 'c', major, minor])
    chownSync(join(root, device), uid, gid)
  }
}

async function main(): Promise<void> {
  const parsed = parseArguments(process.argv.slice(2))
  checkValues(parsed)
  const { values, flags, extra } = parsed
  const execFile = realpathSync(values['exec-file'] ?? '')
  const execName = basename(execFile)
  if (!statSync(execFile).isFile() || !execName.includes('firecracker')) throw new Error(`Invalid filename. The filename of --exec-file must contain "firecracker": ${execName}`)
  const base = realpathSync(values['chroot-base-dir'] ?? '/srv/jailer')
  if (values['netns'] !== undefined && !existsSync(values['netns'])) throw new Error(`cannot open ${values['netns']}`)
  const root = join(base, execName, values['id'] ?? '', 'root')
  mkdirSync(root, { recursive: true })
  copyFileSync(execFile, join(root, execName))
  joinCgroup(parsed, execName)
  await furnish(root, Number(values['uid']), Number(values['gid']))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'firecracker.ts'), '--id', values['id'] ?? '', '--start-time-us', '0', '--start-time-cpu-us', '0', ...extra], {
    cwd: root, detached: flags.has('daemonize'), stdio: flags.has('daemonize') ? 'ignore' : 'inherit',
    env: { DOUBLE_SPEC: process.env['DOUBLE_SPEC'], DOUBLE_UID: values['uid'], DOUBLE_GID: values['gid'], DOUBLE_CALLS: process.env['DOUBLE_CALLS'], NODE_ENV: 'test' },
  })
  // Without a namespace of its own the jailer becomes Firecracker, and whoever waits for it waits for the VM.
  if (!flags.has('new-pid-ns')) return void child.once('exit', (code) => process.exit(code ?? 1))
  writeFileSync(join(root, `${execName}.pid`), String(child.pid), { flag: 'wx' })
  child.unref()
}

main().catch((error: unknown) => {
  process.stderr.write(`Jailer error: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
