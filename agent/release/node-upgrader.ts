/** The upgrader of a real node. There is none for an agent that runs beside its portal: it goes with the product. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, mustRun } from '../drivers/vmm/command.ts'
import type { NetworkDriver } from '../drivers/network.ts'
import { networkRequest, type Instance } from '../reconcile/instance.ts'
import type { Logger } from '../runtime/log.ts'
import type { Ledger } from '../state/ledger.ts'
import { fetchRelease, presentFiles } from './fetch.ts'
import { Releases } from './layout.ts'
import { Upgrader } from './upgrader.ts'

const SELFTEST_S = 90

/** What the agent lends it. */
export interface UpgradeHooks {
  ledger: Ledger
  /** `address:port` of an instance that serves; null when there is none. */
  talkTo: () => string | null
  changed: () => void
}
/** Where one of the healthy instances listens. */
export function oneServing(instances: Iterable<Instance>, network: Pick<NetworkDriver, 'endpoint'>, uidBase: number | null): string | null {
  for (const { record, desire } of instances) {
    const endpoint = record.health === 'ok' && desire?.spec ? network.endpoint(networkRequest(record, desire.spec, uidBase)) : null
    if (endpoint) return `${endpoint.host}:${endpoint.port}`
  }
  return null
}

export type { Upgrader }
export type MakeUpgrader = (hooks: UpgradeHooks) => Upgrader

interface Settings { data: string; agentDir: string; portal: { url: string; ca: string | null }; env: NodeJS.ProcessEnv; log: Logger; restart: () => void }

export function nodeUpgrader({ data, agentDir, portal, env, log, restart }: Settings): MakeUpgrader | null {
  const name = env['SHELLWEGO_RELEASE']
  if (!name) return null
  const releases = new Releases(join(data, 'releases'))
  const trialMs = Number(env['SHELLWEGO_TRIAL_S'] ?? 0) * 1000
  return ({ ledger, talkTo, changed }) => new Upgrader({
    releases, running: { name, onTrial: env['SHELLWEGO_TRIAL'] === '1' }, changed, restart, log, ...(trialMs > 0 ? { trialMs } : {}),
    fetch: async (offer, signal) => {
      const present = await presentFiles(releases, [name])
      await fetchRelease({ source: portal, releases, manifest: offer.manifest, arch: process.arch, present, signal })
    },
    selftest: (next) => tryOut(releases.pathOf(next), { ledger, talkTo: talkTo(), agentDir, env }),
  })
}

interface Trial { ledger: Ledger; talkTo: string | null; agentDir: string; env: NodeJS.ProcessEnv }

async function tryOut(folder: string, { ledger, talkTo, agentDir, env }: Trial): Promise<void> {
  const work = mkdtempSync(join(agentDir, 'selftest-'))
  try {
    const copy = join(work, 'ledger.db')
    ledger.database.prepare('VACUUM INTO ?').run(copy)
    const talk = talkTo === null ? [] : ['--talk', talkTo]
    const command = ['timeout', '--kill-after=5', String(SELFTEST_S), join(folder, 'node'), join(folder, 'agent.js'), 'selftest', '--ledger', copy, ...talk]
    await mustRun(command, { env: { ...env, SHELLWEGO_GUEST_DIR: join(folder, 'guest') } })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    const { code, stderr } = error.result
    throw new Error(`Its self-test failed: ${code === 124 ? `no end within ${SELFTEST_S} s` : reasonIn(stderr) || `exit ${code}`}`)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Its own words where it threw an error; else the last thing it said. */
const reasonIn = (stderr: string): string => /^\w*Error: (.+)$/m.exec(stderr)?.[1] ?? stderr.trim().split('\n').at(-1) ?? ''
