/** A portal that was restored from a backup asks what those machines are that it does not know; they are left as they are. */
import { StrayReply, type StrayRequest } from '../../server/contract/node-api/stray.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import type { VmDesire } from '../reconcile/model.ts'
import type { PortalClient } from './client.ts'

export interface StrayLedger { vmDesires(): VmDesire[]; secretsOf(id: string): Record<string, string> }
export interface StrayTeller { tell(sessionId: string, ids: readonly string[]): Promise<void> }

export const createStrayTeller = (client: Pick<PortalClient, 'post'>, ledger: StrayLedger, log: Logger): StrayTeller => ({
  async tell(sessionId, ids) {
    const wanted = new Set(ids)
    const objects: StrayRequest['objects'] = ledger.vmDesires().flatMap(({ id, generation, spec }) =>
      (wanted.has(id) && spec ? [{ id, generation, spec: { ...spec, secrets: ledger.secretsOf(id) } }] : []))
    if (objects.length === 0) return
    try {
      await client.post('/node/v1/strays', { session_id: sessionId, objects }, StrayReply)
      log.warn('the portal was restored and does not know some machines; it was told of them', { machines: objects.length })
    } catch (error) {
      log.warn('the portal could not be told of machines it does not know', { error: errorText(error) })
    }
  },
})
