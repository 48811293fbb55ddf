import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

const NAME = /^shellwego-(inst_[A-Za-z0-9]+)-/

export interface Machine { instanceId: string; pid: number }

/** Virtual machines of this product that run now. */
export function machines(data: string): Machine[] {
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).flatMap((entry) => {
    try {
      const argv = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0')
      const instanceId = NAME.exec(argv[argv.indexOf('-name') + 1] ?? '')?.[1]
      // QEMU works in the folder of its VM and names files by their last part only.
      const isOurs = instanceId !== undefined && argv[0]?.includes('qemu') && readlinkSync(`/proc/${entry}/cwd`).startsWith(data)
      return isOurs ? [{ instanceId, pid: Number(entry) }] : []
    } catch {
      return []
    }
  })
}

export interface Watch {
  /** Instances that ran twice at one moment. */
  doubles: Set<string>
  samples: number
  stop: () => void
}

/** Looks many times a second for an instance with two machines. */
export function watchMachines(data: string): Watch {
  const watch: Watch = { doubles: new Set(), samples: 0, stop: () => clearInterval(timer) }
  const timer = setInterval(() => {
    const seen = new Set<string>()
    for (const { instanceId } of machines(data)) {
      if (seen.has(instanceId)) watch.doubles.add(instanceId)
      seen.add(instanceId)
    }
    watch.samples += 1
  }, 200)
  return watch
}
