/** Keeps Caddy on our configuration: asks what it has, and loads only what differs. Caddy itself remembers the last one. */
import { isDeepStrictEqual } from 'node:util'
import { errorText, type Logger } from '../../../runtime/log.ts'
import { RouteError, type EdgeHosts, type RouteDriver } from '../../route.ts'
import { createCaddyAdmin } from './admin.ts'
import { caddyConfig, type CaddyOptions } from './config.ts'

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
      healthy = true
    },
    healthy: () => healthy,
    reloads: () => reloads,
    close() {},
  }
}
