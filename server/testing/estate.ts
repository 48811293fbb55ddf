import { newId, randomText } from '../core/id.ts'
import type { Role } from '../contract/permission.ts'
import { runtime } from '../core/runtime.ts'
import { createApp } from '../domain/apps/index.ts'
import { closePeriodsOf } from '../domain/billing/periods/close-period.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../domain/billing/testing/books.ts'
import { createInstall } from '../domain/installs/index.ts'
import { addMeters } from '../domain/metering/events/testing.ts'
import { ingestUsageEvents } from '../domain/metering/index.ts'
import { createDrain, recordLogs } from '../domain/logs/index.ts'
import { insertNode } from '../domain/nodes/testing.ts'
import { listAppSecrets } from '../domain/secrets/index.ts'
import { createWebhook, testWebhook } from '../domain/webhooks/index.ts'
import { makeUser, type Caller } from './actors.ts'
import { makeAccess } from './estate-access.ts'
import { makeBank } from './estate-bank.ts'
import { makeDomain } from './estate-domains.ts'
import { makeDunning } from './estate-dunning.ts'
import { makeBilling } from './estate-invoices.ts'
import { makeCredits } from './estate-money.ts'
import { makeFleetWork } from './estate-nodes.ts'
import { makePaymentObjects } from './estate-payments.ts'
import { makeBackups, makeVolumes } from './estate-volumes.ts'

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
  const [instanceId, terminalId] = [newId('instance'), newId('execSession')]
  await runtime().databases.asSystem('job', async (db) => {
    const { id: releaseId } = await db.release.findFirstOrThrow({ where: { appId } })
    const at = runtime().clock.now()
    await db.instance.create({ data: { id: instanceId, orgId, appId, releaseId, nodeId, address: `10.127.255.${2 + made}`, desired: 'running', reason: marker } })
    const actor = { actorId: marker, actorName: marker, startedAt: at, endedAt: at, endReason: 'exited' }
    await db.execSession.create({ data: { id: terminalId, orgId, appId, instanceId, nodeId, kind: 'terminal', program: marker, ...actor } })
    const bin = { orgId, appId, stepS: 60, at }
    await db.appUsage.create({ data: { ...bin, spanMs: 1n, cpuUs: 1n, capacityUs: 1n, memory: 1n, diskRead: 1n, diskWrite: 1n, netRx: 1n, netTx: 1n } })
    await db.appTraffic.create({ data: { ...bin, status: [1n], latency: [1n], latencyUs: 1n, bytesOut: 1n } })
    const slept = { orgId, appId, startId: `start_${instanceId}`, startedAt: at, endedAt: at }
    await db.allocationSegment.create({ data: { id: newId('segment'), ...slept, instanceId, vcpu: 1, memoryMib: 128 } })
    await db.sleepSegment.create({ data: { id: newId('sleep'), ...slept } })
    const counters = { cpuUs: 1n, diskRead: 1n, diskWrite: 1n, netRx: 1n, netTx: 1n }
    await db.usageCounter.create({ data: { startId: instanceId, orgId, appId, instanceId, ...counters, updatedAt: at } })
    await db.usageQuarter.create({ data: { orgId, appId, meter: 'egress_bytes', at, quantity: 1n } })
  })
  await recordLogs(nodeId, [{ w: instanceId, start: instanceId, seq: 1, t: Date.now(), s: 'stdout', line: `${marker} line` }])
  return { nodeId, instanceId, terminalId }
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

/** Single sign-on, and every part of the audit chain. */
const makeIdentity = async (orgId: string, brandId: string, userId: string, marker: string) => {
  const [domainId, connectionId] = [newId('ssoDomain'), newId('ssoConnection')]
  const { databases } = runtime()
  await databases.asSystem('job', async (db) => {
    await db.ssoDomain.create({ data: { id: domainId, orgId, brandId, domain: `${marker}.example`, token: marker, answer: [] } })
    await db.ssoConnection.create({ data: { id: connectionId, orgId, brandId, issuer: `https://${marker}.example`, clientId: marker, clientSecret: 'sealed', defaultRole: 'viewer' } })
    const visit = { reason: marker, staffName: marker, staffUserId: userId, expiresAt: new Date() }
    await db.impersonation.create({ data: { id: newId('impersonation'), orgId, userId, ...visit } })
    await db.auditAnchor.create({ data: { orgId, chainSeq: 1n, hash: '-', mac: '-', at: new Date() } })
  })
  await databases.systemPool.query('SELECT audit_expire($1, now() + interval \'1 day\', 1)', [orgId])
  return { domain_id: domainId }
}

const makeSubscriptionChange = (orgId: string, marker: string) => runtime().databases.asSystem('job', async (db) => {
  const { priceList } = await db.subscription.findUniqueOrThrow({ where: { orgId }, include: { priceList: { include: { plan: true } } } })
  const at = new Date()
  const nothing = { amount: 0, currency: priceList.currency }
  const quote = {
    effective_at: at.toISOString(), effective_on: '2026-01-01', lines: [], subtotal: nothing, tax: nothing, total: nothing, fee_before: nothing, fee_after: nothing, invoiced_at: null,
  }
  await db.subscriptionChange.create({
    data: { id: newId('subscriptionChange'), orgId, kind: 'plan', state: 'cancelled', timing: 'now', effectiveAt: at, quote, requestedBy: marker, requestedAt: at },
  })
  return { plan_id: priceList.plan.id, price_id: priceList.id, from_price_id: priceList.id }
})

/** As if it had served, so that it can be gone back to. */
const makeRelease = (appId: string): Promise<string> => runtime().databases.asSystem('job', async (db) => {
  const { id } = await db.release.findFirstOrThrow({ where: { appId }, select: { id: true } })
  await db.release.update({ where: { id }, data: { servedAt: new Date() } })
  return id
})

/** A customer that owns one of every object there is; each holds the marker somewhere. */
export const makeEstate = async () => {
  setPlainMail()
  const marker = `marker${randomText(8)}`
  const owner = await makeCustomer({ joinedAt: new Date('2026-01-01T00:00:00Z') })
  const orgId = owner.organization.id
  await setMarker(orgId, marker)
  const app = await owner.call(createApp, { name: `a-${marker}`, image: 'builtin/hello:v1', env: { PLAIN: marker, KEY: { value: `${marker} secret`, secret: true } } })
  const release = await makeRelease(app.id)
  const other = await owner.call(createApp, { name: `b-${randomText(6)}`, image: 'builtin/hello:v1' })
  const access = await makeAccess(owner, orgId, app.id, marker)
  const install = await owner.call(createInstall, { catalog_id: 'hello', name: `i-${marker}`, parameters: { name: marker } })
  const traces = await makeTraces(orgId, app.id, marker)
  const volumes = await makeVolumes(orgId, traces.instanceId, traces.nodeId, marker)
  const fleet = await makeFleetWork(traces.nodeId, marker)
  const backups = await makeBackups(orgId, traces.nodeId, volumes, marker)
  await addMeters(owner.brand.id, { estate_users: { aggregation: 'unique', field: 'user' } })
  await owner.call(ingestUsageEvents, { id: marker, source: marker, type: 'estate_users', subject: app.id, data: { user: marker } })
  const { invoiceId, paymentId } = await makeInvoice(orgId, marker)
  const documents = await makeBilling(owner, orgId, invoiceId, marker)
  const money = await makeCredits(owner, orgId, marker)
  const domain = await makeDomain(orgId, app.id, other.id, marker)
  await makeDunning(orgId, owner.actor.brandId, invoiceId, marker)
  const payments = await makePaymentObjects(orgId, owner.actor.brandId, paymentId, marker)
  const bank = await makeBank(money.entity_id, orgId, marker)
  const identity = await makeIdentity(orgId, owner.actor.brandId, owner.actor.userId, marker)
  const webhook = await owner.call(createWebhook, { url: `https://${marker}.example.com/hook`, events: ['*'] })
  const drain = await owner.call(createDrain, { name: marker, kind: 'http', url: `https://${marker}.example.com/logs`, app_id: app.id })
  const delivery = await owner.call(testWebhook, { webhook_id: webhook.id })
  const [secret] = (await owner.call(listAppSecrets, { app_id: app.id })).data
  const sold = await makeSubscriptionChange(orgId, marker)
  await runtime().databases.asSystem('job', (db) => db.webhookAttempt.create({
    data: { id: newId('webhookAttempt'), orgId, endpointId: webhook.id, deliveryId: delivery.id, number: 1, durationMs: 1, detail: marker, requestHeaders: {}, responseHeaders: {} },
  }))
  return {
    owner, orgId, marker, secret: `${marker} secret`,
    ids: {
      ...access, ...identity, ...domain, ...money, ...payments, ...bank, ...documents, organization_id: orgId, app_id: app.id, other_app_id: other.id, deployment_id: app.deployment_id ?? '', release_id: release, install_id: install.id, instance_id: traces.instanceId, stray_id: traces.instanceId, terminal_id: traces.terminalId,
      invoice_id: invoiceId, payment_id: paymentId, node_id: traces.nodeId, brand_id: owner.actor.brandId, subject_id: app.id, catalog_id: 'hello',
      drain_id: drain.id, webhook_id: webhook.id, delivery_id: delivery.id, secret_id: secret?.id ?? '', ...sold, ...volumes, ...backups, ...fleet, meter_id: 'meter_vcpuseconds',
    },
  }
}
export type Estate = Awaited<ReturnType<typeof makeEstate>>
