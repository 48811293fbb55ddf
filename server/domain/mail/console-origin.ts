import type { SystemDb } from '../../core/db.ts'
import { runtime } from '../../core/runtime.ts'

/** `https://host[:port]` of a brand's console, for links in mails that no request caused. */
export const consoleOrigin = async (db: SystemDb, brandId: string): Promise<string> => {
  const { SHELLWEGO_DOMAIN: domain, SHELLWEGO_HTTPS_PORT: port } = runtime().env
  const hosts = await db.brandHost.findMany({ where: { brandId }, orderBy: { hostname: 'asc' } })
  const host = hosts.find((h) => h.hostname === domain)?.hostname ?? hosts[0]?.hostname ?? domain
  return `https://${host}${port === 443 ? '' : `:${port}`}`
}
