import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { makeFolder, readOptional, writeAtomic, type Owner } from '../host/files.ts'
import { baseEnvironment } from './environment.ts'
import { makeHostFolder } from './host-folder.ts'
import type { PartSpec } from './part.ts'
import { edgePaths } from './paths.ts'
import type { Setting } from './setting.ts'

const STOP_MS = 5000

/** Enough to reach the console before the agent has loaded the routes of the apps. */
function firstConfig({ config, ports }: Setting): object {
  const { adminSocket, storage } = edgePaths(config.data)
  const toPortal = {
    handler: 'reverse_proxy',
    upstreams: [{ dial: `127.0.0.1:${ports.portal}` }],
    headers: { request: { delete: ['X-Forwarded-Host'] } },
  }
  return {
    admin: { listen: `unix/${adminSocket}` },
    storage: { module: 'file_system', root: storage },
    logging: { logs: { default: { level: 'WARN' } } },
    apps: {
      pki: { certificate_authorities: { local: { install_trust: false } } },
      tls: {
        certificates: { automate: [config.domain, 'localhost', '127.0.0.1'] },
        automation: { policies: [{ issuers: [{ module: 'internal' }] }] },
      },
      http: {
        http_port: ports.http,
        https_port: ports.https,
        servers: {
          console: { listen: [`:${ports.https}`], routes: [{ handle: [toPortal] }], tls_connection_policies: [{ default_sni: config.domain }] },
        },
      },
    },
  }
}

/** `caddy --resume` starts with the last loaded configuration; one made for other ports or names is dropped. */
function forgetOtherConfig(folder: string, settings: string): string {
  const file = path.join(folder, 'first.json')
  if (readOptional(file) !== settings) {
    rmSync(path.join(folder, 'config/caddy/autosave.json'), { force: true })
    writeAtomic(file, settings, 0o644)
  }
  return file
}

/** Root's Caddy runs as its own user and keeps one right: to listen on ports below 1024. */
function asUser(owner: Owner): [string, ...string[]] {
  const only = '-all,+net_bind_service'
  return ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', '--no-new-privs',
    `--inh-caps=${only}`, `--ambient-caps=${only}`, `--bounding-set=${only}`]
}

export function edgeSpec(setting: Setting): PartSpec {
  const owner = setting.users.edge
  const { folder, storage, adminSocket } = edgePaths(setting.config.data)
  for (const part of [folder, storage, path.join(folder, 'config'), path.join(folder, 'data')]) makeFolder(part, 0o700, owner)
  makeHostFolder(storage, owner)
  const configFile = forgetOtherConfig(folder, JSON.stringify(firstConfig(setting), null, 2))
  if (existsSync(adminSocket)) rmSync(adminSocket)
  const caddy = ['caddy', 'run', '--resume', '--config', configFile]
  return {
    name: 'edge',
    argv: owner ? [...asUser(owner), ...caddy] : ['caddy', ...caddy.slice(1)],
    env: { ...baseEnvironment(), HOME: folder, XDG_CONFIG_HOME: path.join(folder, 'config'), XDG_DATA_HOME: path.join(folder, 'data') },
    cwd: '/',
    stopSignal: 'SIGTERM',
    stopMs: STOP_MS,
  }
}
