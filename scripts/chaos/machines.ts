import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { tapName } from '../../agent/drivers/network/names.ts'
import { readOptional } from '../host/files.ts'

const NAME = /^shellwego-(inst_[A-Za-z0-9]+)-/

export interface Machine {
  instanceId: string
  pid: number
  /** Files of volumes it has open. */
  volumes: string[]
}

/** QEMU gets its disks as descriptors. */
function volumesOf(pid: string, data: string): string[] {
  const folder = `/proc/${pid}/fd`
  const files = readdirSync(folder).map((fd) => readOptionalLink(`${folder}/${fd}`))
  return [...new Set(files.filter((file) => file.startsWith(`${data}/volumes/`) && file.endsWith('.img')))]
}

/** Descriptors come and go while we look. */
function readOptionalLink(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return ''
  }
}

/** Virtual machines of this product that run now. */
export function machines(data: string): Machine[] {
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).flatMap((entry) => {
    try {
      const argv = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0')
      const instanceId = NAME.exec(argv[argv.indexOf('-name') + 1] ?? '')?.[1]
      // QEMU works in the folder of its VM and names files by their last part only.
      const isOurs = instanceId !== undefined && argv[0]?.includes('qemu') && readlinkSync(`/proc/${entry}/cwd`).startsWith(data)
      return isOurs ? [{ instanceId, pid: Number(entry), volumes: volumesOf(entry, data) }] : []
    } catch {
      return []
    }
  })
}

/** What an instance sent by its TAP, over all TAPs it had. */
export interface Sent { total: number; ofThisTap: number; alive: boolean; looks: { atMs: number; bytes: number }[] }

export interface Watch {
  /** Instances that ran twice at one moment. */
  doubles: Set<string>
  /** Volumes that two machines had open at one moment. */
  shared: Set<string>
  samples: number
  /** By instance. */
  sent: Map<string, Sent>
  stop: () => void
}

const EVERY_MS = 200
const LOOK_MS = 5_000

function noteTraffic(sent: Map<string, Sent>, running: ReadonlySet<string>): void {
  for (const [id, one] of sent) one.alive = running.has(id)
  for (const id of running) {
    const counter = readOptional(`/sys/class/net/${tapName(id)}/statistics/rx_bytes`)
    const one = sent.get(id) ?? { total: 0, ofThisTap: 0, alive: true, looks: [] }
    sent.set(id, one)
    if (counter === undefined) continue
    const bytes = Number(counter)
    // A new TAP counts from zero.
    one.total += bytes >= one.ofThisTap ? bytes - one.ofThisTap : bytes
    one.ofThisTap = bytes
    if (Date.now() - (one.looks.at(-1)?.atMs ?? 0) >= LOOK_MS) one.looks.push({ atMs: Date.now(), bytes: one.total })
  }
}

/** Looks many times a second for an instance with two machines or a volume open in two, and at what each sends. */
export function watchMachines(data: string): Watch {
  const watch: Watch = { doubles: new Set(), shared: new Set(), samples: 0, sent: new Map(), stop: () => clearInterval(timer) }
  const timer = setInterval(() => {
    const seen = new Set<string>()
    const open = new Set<string>()
    for (const { instanceId, volumes } of machines(data)) {
      if (seen.has(instanceId)) watch.doubles.add(instanceId)
      seen.add(instanceId)
      for (const volume of volumes) {
        if (open.has(volume)) watch.shared.add(volume)
        open.add(volume)
      }
    }
    noteTraffic(watch.sent, seen)
    watch.samples += 1
  }, EVERY_MS)
  return watch
}
