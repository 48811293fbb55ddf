import { newId, randomText } from '../core/id.ts'
import type { Role } from '../contract/permission.ts'
import { runtime } from '../core/runtime.ts'
import { createApp } from '../domain/apps/index.ts'
import { closePeriodsOf } from '../domain/billing/periods/close-period.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../domain/billing/testing/books.ts'
import { createInstall } from '../domain/installs/index.ts'
import { insertNode } from '../domain/nodes/testing.ts'
import { makeUser, type Caller } from './actors.ts'

/** A person with that role in somebody's organization. */
export const makeMember = async (orgId: string, role: Role): Promise<Caller> => {
  const member = await makeUser()
  await runtime().databases.asSystem('identity', (db) => db.membership.create({ data: { orgId, userId: member.actor.userId, role } }))
  return member
}

const setMarker = async (orgId: string, marker: string): Promise<void> => {
  const { systemPool } = runtime().databases
  await systemPool.query('UPDATE organization SET name = $2, billing_address = $2 WHERE id = $1', [orgId, `${marker} Ltd`])
  await systemPool.query('UPDATE "user" SET name = $2 WHERE id IN (SELECT user_id FROM membership WHERE org_id = $1)', [orgId, `${marker} Owner`])
}

let made = 0

/** One row of everything that runs, is logged or is measured. */
const makeTraces = async (orgId: string, appId: string, marker: string) => {
  made += 1
  const nodeId = await insertNode()
  const instanceId = newId('instance')
  await runtime().databases.asSystem('job', async (db) => {
    const { id: releaseId } = await db.release.findFirstOrThrow({ where: { appId } })
    const at = runtime().clock.now()
    await db.instance.create({ data: { id: instanceId, orgId, appId, releaseId, nodeId, address: `10.127.255.${2 + made}`, desired: 'running', reason: marker } })
    await db.logLine.create({ data: { orgId, appId, instanceId, startId: instanceId, seq: 1n, at, stream: 'stdout', line: `${marker} line` } })
    await db.metricSample.create({ data: { orgId, appId, instanceId, at, cpuPercent: 1, memoryMib: 1, rxBytes: 1n, txBytes: 1n } })
    const counters = { cpuUs: 1n, diskRead: 1n, diskWrite: 1n, netRx: 1n, netTx: 1n }
    await db.usageCounter.create({ data: { startId: instanceId, orgId, appId, instanceId, ...counters, updatedAt: at } })
    await db.usageHour.create({ data: { orgId, appId, meter: 'egress_bytes', hour: at, quantity: 1n } })
  })
  return { nodeId, instanceId }
}

const makeInvoice = async (orgId: string, marker: string) => {
  await addSegment(orgId, { startedAt: '2026-01-01T00:00:00Z', endedAt: '2026-02-01T00:00:00Z' })
  await closePeriodsOf([orgId], new Date('2026-02-01T00:00:00Z'))
  const [invoice] = await invoicesOf(orgId)
  if (!invoice) throw new Error('no invoice was made')
  const paymentId = newId('payment')
  await runtime().databases.asSystem('job', (db) => db.paymentAttempt.create({
    data: { id: paymentId, orgId, invoiceId: invoice.id, provider: 'stripe', providerRef: `${marker}-ref`, amount: invoice.total, currency: invoice.currency, state: 'failed', failure: marker },
  }))
  return { invoiceId: invoice.id, paymentId }
}

/** A customer that owns one of every object there is; each holds the marker somewhere. */
export const makeEstate = async () => {
  setPlainMail()
  const marker = `marker${randomText(8)}`
  const owner = await makeCustomer({ joinedAt: new Date('2026-01-01T00:00:00Z') })
  const orgId = owner.organization.id
  await setMarker(orgId, marker)
  const app = await owner.call(createApp, { name: `a-${marker}`, image: 'builtin/hello:v1', env: { PLAIN: marker, KEY: { value: `${marker} secret`, secret: true } } })
  const install = await owner.call(createInstall, { catalog_id: 'hello', name: `i-${marker}`, parameters: { name: marker } })
  const traces = await makeTraces(orgId, app.id, marker)
  const { invoiceId, paymentId } = await makeInvoice(orgId, marker)
  return {
    owner, orgId, marker, secret: `${marker} secret`,
    ids: {
      organization_id: orgId, app_id: app.id, deployment_id: app.deployment_id ?? '', install_id: install.id, instance_id: traces.instanceId,
      invoice_id: invoiceId, payment_id: paymentId, node_id: traces.nodeId, brand_id: owner.actor.brandId, subject_id: app.id, catalog_id: 'hello',
    },
  }
}
export type Estate = Awaited<ReturnType<typeof makeEstate>>
