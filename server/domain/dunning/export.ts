import type { SystemDb } from '../../core/db.ts'
import type { OrganizationExport } from '../../contract/dunning.ts'
import { toMoney } from '../../contract/money.ts'
import { plainEnv, type StoredEnv } from '../apps/index.ts'

const appsOf = async (db: SystemDb, orgId: string): Promise<OrganizationExport['apps']> => {
  const apps = await db.app.findMany({ where: { orgId, deletedAt: null }, include: { hostnames: true, secrets: true }, orderBy: { name: 'asc' } })
  return apps.map((app) => ({
    id: app.id, name: app.name, image: app.image, command: app.command, port: app.port, replicas: app.replicas, vcpu: app.vcpu, memory_mib: app.memoryMib,
    disk_mib: app.diskMib, env: plainEnv(app.env as StoredEnv),
    hostnames: app.hostnames.map(({ hostname }) => hostname), secrets: app.secrets.map(({ name }) => name),
  }))
}

/** What an organization has, as plain facts. */
export const exportOrganization = async (db: SystemDb, orgId: string, now: Date): Promise<OrganizationExport> => {
  const { id, name, slug } = await db.organization.findUniqueOrThrow({ where: { id: orgId } })
  const members = await db.membership.findMany({ where: { orgId }, include: { user: { select: { email: true, name: true } } }, orderBy: { userId: 'asc' } })
  const invoices = await db.invoice.findMany({ where: { orgId, number: { not: null } }, orderBy: { issuedAt: 'asc' } })
  return {
    organization: { id, name, slug }, exported_at: now.toISOString(), apps: await appsOf(db, orgId),
    members: members.map(({ role, user }) => ({ ...user, role })),
    invoices: invoices.map((row) => ({
      id: row.id, number: row.number ?? '', issued_at: row.issuedAt?.toISOString() ?? null, currency: row.currency, total: toMoney(row.total, row.currency), state: row.state,
    })),
  }
}
