import type { SystemDb } from '../../core/db.ts'
import { plainEnv, type StoredEnv } from '../apps/index.ts'

/** What an organization had when it ended, as plain facts: enough to build it again, without the value of any secret. */
export interface Export {
  organization: { id: string; name: string; slug: string }
  exported_at: string
  apps: { id: string; name: string; image: string; command: string[]; port: number | null; replicas: number; vcpu: number; memory_mib: number; disk_mib: number;
    env: Record<string, string>; hostnames: string[]; secrets: string[] }[]
  members: { email: string; name: string; role: string }[]
  invoices: { id: string; number: string; issued_at: string | null; currency: string; total: string; state: string }[]
}

const appsOf = async (db: SystemDb, orgId: string): Promise<Export['apps']> => {
  const apps = await db.app.findMany({ where: { orgId, deletedAt: null }, include: { hostnames: true, secrets: true }, orderBy: { name: 'asc' } })
  return apps.map((app) => ({
    id: app.id, name: app.name, image: app.image, command: app.command, port: app.port, replicas: app.replicas, vcpu: app.vcpu, memory_mib: app.memoryMib,
    disk_mib: app.diskMib, env: plainEnv(app.env as StoredEnv), hostnames: app.hostnames.map(({ hostname }) => hostname), secrets: app.secrets.map(({ name }) => name),
  }))
}

export const exportOrganization = async (db: SystemDb, orgId: string, now: Date): Promise<Export> => {
  const { id, name, slug } = await db.organization.findUniqueOrThrow({ where: { id: orgId } })
  const members = await db.membership.findMany({ where: { orgId }, include: { user: { select: { email: true, name: true } } }, orderBy: { userId: 'asc' } })
  const invoices = await db.invoice.findMany({ where: { orgId, number: { not: null } }, orderBy: { issuedAt: 'asc' } })
  return {
    organization: { id, name, slug }, exported_at: now.toISOString(), apps: await appsOf(db, orgId),
    members: members.map(({ role, user }) => ({ ...user, role })),
    invoices: invoices.map((row) => ({
      id: row.id, number: row.number ?? '', issued_at: row.issuedAt?.toISOString() ?? null, currency: row.currency, total: row.total.toString(), state: row.state,
    })),
  }
}
