import { rmSync } from 'node:fs'
import path from 'node:path'
import { readOptional, writeAtomic } from '../host/files.ts'
import { edgePaths } from './paths.ts'
import type { Setting } from './setting.ts'

/** `<data>/run.json`: every address of a running product, for people, tests and benches. */
export interface RunFile {
  url: string
  /** The portal on loopback, without TLS. */
  api: string
  apps_domain: string
  https_port: number
  ca_file: string
  /** Where sandbox mails are read; null in production. */
  mail: string | null
}

const fileIn = (data: string): string => path.join(data, 'run.json')

export function consoleUrl({ config, ports }: Setting): string {
  return `https://${config.domain}${ports.https === 443 ? '' : `:${ports.https}`}`
}

export function writeRunFile(setting: Setting): void {
  const { config, ports } = setting
  const api = `http://127.0.0.1:${ports.portal}`
  const content: RunFile = {
    url: consoleUrl(setting),
    api,
    apps_domain: config.appsDomain,
    https_port: ports.https,
    ca_file: edgePaths(config.data).rootCertificate,
    mail: config.mode === 'sandbox' ? `${api}/v1/test/mail` : null,
  }
  writeAtomic(fileIn(config.data), `${JSON.stringify(content, null, 2)}\n`, 0o644)
}

export function findRunFile(data: string): RunFile | undefined {
  const text = readOptional(fileIn(data))
  return text ? JSON.parse(text) as RunFile : undefined
}

export function readRunFile(data: string): RunFile {
  const found = findRunFile(data)
  if (!found) throw new Error(`nothing runs on ${data}: start it with npm run up`)
  return found
}

export function forgetRunFile(data: string): void {
  rmSync(fileIn(data), { force: true })
}
