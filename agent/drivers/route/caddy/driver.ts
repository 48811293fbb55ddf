/** Keeps Caddy on our configuration: asks what it has, loads only what differs, and remembers the last good one on disk. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { errorText, type Logger } from '../../../runtime/log.ts'
import { RouteError, type EdgeHosts, type RouteDriver } from '../../route.ts'
import { createCaddyAdmin } from './admin.ts'
import { caddyConfig, type CaddyOptions } from './config.ts'

/** The supervisor may start Caddy with this file, so that it serves before the agent is up. */
export const LAST_GOOD_FILE = 'caddy.json'

export function createCaddyRoutes(options: CaddyOptions, log: Logger): RouteDriver {
  const admin = createCaddyAdmin(options.adminSocket)
  let reloads = 0
  let healthy = false
  return {
    async apply(hosts: EdgeHosts) {
      const wanted = JSON.parse(JSON.stringify(caddyConfig(options, hosts))) as unknown
      healthy = false
      try {
        if (!isDeepStrictEqual(await admin.config(), wanted)) {
          await admin.load(wanted)
          reloads += 1
          log.info('edge configuration loaded', { reloads, own_domains: hosts.appHosts.length })
        }
      } catch (error) {
        throw new RouteError(errorText(error))
      }
      saveLastGood(options.storage, wanted)
      healthy = true
    },
    healthy: () => healthy,
    reloads: () => reloads,
    close() {},
  }
}

let saved = ''

function saveLastGood(storage: string, config: unknown): void {
  const text = JSON.stringify(config)
  if (text === saved) return
  const path = join(storage, LAST_GOOD_FILE)
  mkdirSync(storage, { recursive: true })
  writeFileSync(`${path}.new`, text, { mode: 0o644 })
  renameSync(`${path}.new`, path)
  saved = text
}
