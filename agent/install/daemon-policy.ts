import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { mustRun } from '../drivers/vmm/command.ts'

const POLICY = '/usr/sbin/policy-rc.d'
const SAVED = '/usr/sbin/policy-rc.d.before-shellwego'
const MARK = '# written by shellwego while it installs packages'

/** Units that the packages would start at boot; the product runs these programs itself. */
const UNITS = ['caddy.service', 'docker-registry.service']

function restore(): void {
  if (existsSync(POLICY) && readFileSync(POLICY, 'utf8').includes(MARK)) rmSync(POLICY)
  if (existsSync(SAVED)) renameSync(SAVED, POLICY)
}

async function disableUnits(units: readonly string[]): Promise<void> {
  if (!existsSync('/run/systemd/system')) return
  for (const unit of units) await mustRun(['systemctl', 'disable', '--quiet', unit]).catch(() => undefined)
}

/** Packages installed by `work` start no daemon, now or at the next boot; only their programs are used. */
export async function withoutDaemons(work: () => Promise<void>): Promise<void> {
  restore()
  const fresh = UNITS.filter((unit) => !existsSync(`/lib/systemd/system/${unit}`))
  if (existsSync(POLICY)) renameSync(POLICY, SAVED)
  writeFileSync(`${POLICY}.new`, `#!/bin/sh\n${MARK}\nexit 101\n`, { mode: 0o755 })
  renameSync(`${POLICY}.new`, POLICY)
  try {
    await work()
    await disableUnits(fresh)
  } finally {
    restore()
  }
}
