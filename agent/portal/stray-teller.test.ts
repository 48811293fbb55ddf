import { expect, test } from 'vitest'
import { silentLogger } from '../runtime/log.ts'
import type { VmDesire } from '../reconcile/model.ts'
import { vmSpec } from '../testing/world.ts'
import { createStrayTeller } from './stray-teller.ts'

const { secrets: _, ...spec } = vmSpec()
const desire = (id: string, over: Partial<VmDesire> = {}): VmDesire => ({ id, generation: 3, desired: 'running', spec, unlistedSinceMs: null, ...over })
const ledger = { vmDesires: () => [desire('inst_1'), desire('inst_2'), desire('inst_gone', { desired: 'absent', spec: null })], secretsOf: (id: string) => ({ TOKEN: `of ${id}` }) }

test('only what was asked for is told, with what it was sent', async () => {
  const sent: [string, unknown][] = []
  const client = { post: async (path: string, body: unknown) => { sent.push([path, body]); return { taken: 1 } as never } }
  await createStrayTeller(client, ledger, silentLogger).tell('ses_1', ['inst_2', 'inst_gone', 'inst_unknown'])
  expect(sent).toEqual([['/node/v1/strays', { session_id: 'ses_1', objects: [{ id: 'inst_2', generation: 3, spec: { ...spec, secrets: { TOKEN: 'of inst_2' } } }] }]])
})

test('a portal that does not take it is no fault of the report', async () => {
  const client = { post: () => Promise.reject(new Error('no such path')) }
  await expect(createStrayTeller(client, ledger, silentLogger).tell('ses_1', ['inst_1'])).resolves.toBeUndefined()
})
