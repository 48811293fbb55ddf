/** Keeps Caddy on our configuration: asks what it has, and loads only what differs. Caddy itself remembers the last one. */
import { isDeepStrictEqual } from 'node:util'
import { errorText, type Logger } from '../../../runtime/log.ts'
import { RouteError, type EdgeHosts, type RouteDriver, type SpecialRoute } from '../../route.ts'
import { createCaddyAdmin, RefusedConfig } from './admin.ts'
import { certificateFault, CertificateStore, type CertificateFiles } from './certificates.ts'
import { caddyConfig, type CaddyOptions } from './config.ts'
import { withRequestLog } from './request-log.ts'
import { HostFiles } from './host-files.ts'

export function createCaddyRoutes(options: CaddyOptions, log: Logger): RouteDriver {
  const edge = new CaddyEdge(options, log)
  const files = new HostFiles(options.storage)
  return {
    point: (names) => files.write(names),
    apply: (hosts) => edge.apply(hosts),
    healthy: () => edge.healthy,
    refused: () => edge.refused,
    reloads: () => edge.reloads,
    close() {},
  }
}

class CaddyEdge {
  readonly #options: CaddyOptions
  readonly #log: Logger
  readonly #admin
  readonly #store: CertificateStore
  healthy = false
  reloads = 0
  refused: ReadonlyMap<string, string> = new Map()
  /** What Caddy refused of this very wish: it is not offered again until it changes. */
  #bad: { wish: string; hosts: Map<string, string> } = { wish: '', hosts: new Map() }

  #loaded: ReadonlySet<string> = new Set()

  constructor(options: CaddyOptions, log: Logger) {
    this.#options = options
    this.#log = log
    this.#admin = createCaddyAdmin(options.adminSocket)
    this.#store = new CertificateStore(options.storage)
  }

  async apply(hosts: EdgeHosts): Promise<void> {
    this.healthy = false
    try {
      const wish = JSON.stringify(hosts)
      if (wish !== this.#bad.wish) this.#bad = { wish, hosts: new Map() }
      const faults = new Map(this.#bad.hosts)
      const sound = hosts.special.filter(({ host }) => !faults.has(host)).map((route) => withoutBadCertificate(route, faults))
      try {
        await this.#load({ ...hosts, special: sound })
      } catch (error) {
        if (!(error instanceof RefusedConfig) || sound.length === 0) throw error
        await this.#leaveOut(hosts, sound)
        for (const [host, fault] of this.#bad.hosts) faults.set(host, fault)
      }
      this.refused = faults
    } catch (error) {
      throw new RouteError(errorText(error))
    }
    this.healthy = true
  }

  /** Finds the hosts Caddy will not have, by halves of what is new since the last load: what was served before goes on being served. */
  async #leaveOut(hosts: EdgeHosts, sound: readonly SpecialRoute[]): Promise<void> {
    const isLoaded = (route: SpecialRoute): boolean => this.#loaded.has(JSON.stringify(route))
    let good = sound.filter(isLoaded)
    const tryOut = async (part: readonly SpecialRoute[]): Promise<void> => {
      const [only] = part
      if (!only) return
      try {
        await this.#load({ ...hosts, special: [...good, ...part] })
        good = [...good, ...part]
      } catch (error) {
        if (!(error instanceof RefusedConfig)) throw error
        if (part.length === 1) return void this.#bad.hosts.set(only.host, errorText(error).slice(0, 300))
        const half = Math.ceil(part.length / 2)
        await tryOut(part.slice(0, half))
        await tryOut(part.slice(half))
      }
    }
    await tryOut(sound.filter((route) => !isLoaded(route)))
  }

  async #load(hosts: EdgeHosts): Promise<void> {
    const files = hosts.special.flatMap(({ certificate }): CertificateFiles[] => (certificate ? [this.#store.keep(certificate)] : []))
    const wanted = JSON.parse(JSON.stringify(withRequestLog(caddyConfig(this.#options, hosts, files), this.#options.storage))) as unknown
    const loaded = new Set(hosts.special.map((route) => JSON.stringify(route)))
    if (isDeepStrictEqual(await this.#admin.config(), wanted)) return void (this.#loaded = loaded)
    await this.#admin.load(wanted)
    this.#loaded = loaded
    this.#store.prune(files)
    this.reloads += 1
    this.#log.info('edge configuration loaded', { reloads: this.reloads, special_hosts: hosts.special.length, certificates: files.length })
  }
}

/** Such a host keeps its routes, and the certificate the edge makes itself. */
function withoutBadCertificate(route: SpecialRoute, faults: Map<string, string>): SpecialRoute {
  const fault = route.certificate && certificateFault(route.certificate)
  if (!fault) return route
  faults.set(route.host, fault)
  return { ...route, certificate: null }
}
