/**
 * `shellwego-fence`: ends the instances of strict volumes when the node's lease runs out, whether the agent lives, hangs or is gone. It
 * knows one file, asks nobody, and keeps looking: what a stalled agent starts too late ends too.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dueVms } from './due.ts'
import { bootMs, currentBootId, fenceFiles, readWhole, writeWhole, type FencedVm, type LeaseFile } from './lease-file.ts'

const LOOK_MS = 200
const BEAT_MS = 1_000

type Level = 'info' | 'warn'
const say = (level: Level, message: string): void => void process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, part: 'fence', message })}\n`)

/** By its own argument, which no other process has and no reused pid can fake. */
function processesOf(due: readonly FencedVm[]): { pid: number; vmId: string }[] {
  const byArgument = new Map(due.map((vm) => [vm.argument, vm.vmId]))
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    const argv = argumentsOf(name)
    const vmId = argv[0]?.includes('qemu-system') === true ? argv.map((word) => byArgument.get(word)).find((found) => found !== undefined) : undefined
    return vmId === undefined ? [] : [{ pid: Number(name), vmId }]
  })
}

function argumentsOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

function end(due: readonly FencedVm[]): void {
  for (const { vmId, cgroups } of due) {
    if (cgroups.filter(killGroup).length > 0) say('warn', `the lease ran out: ${vmId} was ended by its control group`)
  }
  for (const { pid, vmId } of processesOf(due)) {
    try {
      process.kill(pid, 'SIGKILL')
      say('warn', `the lease ran out: ${vmId} (pid ${pid}) was ended`)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') say('warn', `${vmId} (pid ${pid}) could not be ended: ${String(error)}`)
    }
  }
}

/** False where there is no such group, or nobody in it. */
function killGroup(folder: string): boolean {
  try {
    if (!/^populated 1$/m.test(readFileSync(`${folder}/cgroup.events`, 'utf8'))) return false
    writeFileSync(`${folder}/cgroup.kill`, '1')
    return true
  } catch {
    return false
  }
}

function watch(folder: string): void {
  const [files, bootId] = [fenceFiles(folder), currentBootId()]
  let beatMs = -BEAT_MS
  setInterval(() => {
    const now = bootMs()
    const due = dueVms(readWhole<LeaseFile>(files.lease), { bootId, bootMs: now })
    if (due.length > 0) end(due)
    if (now - beatMs < BEAT_MS) return
    beatMs = now
    try {
      writeWhole(files.beat, { pid: process.pid, bootId, atMs: now })
    } catch (error) {
      say('warn', `the sign of life could not be written: ${String(error)}`)
    }
  }, LOOK_MS)
}

const data = process.env['SHELLWEGO_DATA'] ?? '/var/lib/shellwego'
const folder = `${data}/agent/fence`
mkdirSync(folder, { recursive: true, mode: 0o700 })
watch(folder)
say('info', 'watches')
