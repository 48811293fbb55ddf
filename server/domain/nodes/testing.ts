import type { Facts, ObjectStatus, VmObjectSpec } from '../../contract/node-api/v1.ts'
import { newId, randomText } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'

export const FACTS: Facts = {
  hostname: 'node-1', cpu: 4, memory_mib: 8192, disk_mib: 100_000, kernel: '6.1.0', driver: 'fake', accelerator: 'tcg', isolation: 'emulated', network: 'user',
}

/** A node that never joined over the wire, for tests below the node API. */
export const insertNode = async (): Promise<string> => {
  const id = newId('node')
  await runtime().databases.asSystem('node-api', (db) => db.node.create({
    data: {
      id, installId: randomText(12), publicKey: '', hostname: FACTS.hostname, status: 'ready', facts: FACTS, bootId: 'boot-1', agentVersion: '0.1.0', can: ['share'],
      sessionId: `ses_${id}`, credentialHash: '', credentialExpiresAt: new Date(), lastSeenAt: new Date(),
    },
  }))
  return id
}

let address = 10

/** Rows of an app with one instance on a node, as a deployment leaves them. */
export const makeInstance = async (orgId: string, nodeId: string): Promise<{ appId: string; instanceId: string; releaseId: string }> => {
  const [appId, releaseId, instanceId] = [newId('app'), newId('release'), newId('instance')]
  address += 1
  await runtime().databases.asSystem('job', async (db) => {
    await db.app.create({ data: { id: appId, orgId, name: `app-${randomText(6)}`, image: 'builtin/hello', command: [], vcpu: 2, memoryMib: 256, diskMib: 512, replicas: 1, health: {} } })
    await db.release.create({ data: { id: releaseId, orgId, appId, number: 1, image: 'builtin/hello', config: {} } })
    await db.instance.create({ data: { id: instanceId, orgId, appId, releaseId, nodeId, address: `10.64.${Math.floor(address / 250)}.${address % 250}`, desired: 'running' } })
  })
  return { appId, releaseId, instanceId }
}

export const vmStatus = (id: string, over: Partial<ObjectStatus> = {}): ObjectStatus => ({
  kind: 'vm', id, generation: 1, phase: 'running', code: null, reason: null, health: 'ok', restarts: 0, vm_start_id: 'start-1', image_digest: null,
  since_ms: 1_000, running_ms: 1_000, ...over,
})

export const vmSpec = (over: Partial<VmObjectSpec> = {}): VmObjectSpec => ({
  org_id: 'org', app_id: 'app', app_name: 'app', release: 1, deployment_id: null, image: 'builtin/hello', command: null, env: {}, secrets: {}, vcpu: 1,
  memory_mib: 128, disk_mib: 256, port: 8080, network: { id: 'n', address: '10.64.0.2', gateway: '10.64.0.1', mac: '02:00:00:00:00:01' }, internal_name: 'app',
  health: { path: '/', interval_s: 1, timeout_s: 1, healthy: 1, unhealthy: 3, grace_s: 10 },
  restart: { policy: 'always', max_in_window: 3, window_s: 600 }, stop: { timeout_s: 10 }, volumes: [], ...over,
})
