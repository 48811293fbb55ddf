import { z } from 'zod'
import { hmac, sameSecret } from '../../core/crypto.ts'
import { defineJob } from '../../core/job.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'

interface Head { org_id: string; chain_seq: string; hash: string }

const macOf = (orgId: string, chainSeq: bigint | string, hash: string): string =>
  hmac(hmac(runtime().env.masterKey, 'audit-anchor'), `${orgId} ${chainSeq} ${hash}`)

export const anchorHolds = (anchor: { orgId: string; chainSeq: bigint; hash: string; mac: string }): boolean =>
  sameSecret(anchor.mac, macOf(anchor.orgId, anchor.chainSeq, anchor.hash))

/** Signs each head that moved. The log line is a copy outside the database. */
export const anchorChains = defineJob({
  name: 'audit.anchor',
  payload: z.object({}),
  run: async () => {
    const pool = runtime().databases.systemPool
    const { rows } = await pool.query<Head>(`SELECT h.org_id, h.chain_seq, h.hash FROM audit_head h
      WHERE h.chain_seq > 0 AND NOT EXISTS (SELECT 1 FROM audit_anchor a WHERE a.org_id = h.org_id AND a.chain_seq = h.chain_seq)`)
    for (const { org_id: orgId, chain_seq: chainSeq, hash } of rows) {
      await pool.query('INSERT INTO audit_anchor (org_id, chain_seq, hash, mac, at) VALUES ($1, $2, $3, $4, now()) ON CONFLICT DO NOTHING',
        [orgId, chainSeq, hash, macOf(orgId, chainSeq, hash)])
      log.info({ org_id: orgId, chain_seq: Number(chainSeq), hash }, 'audit chain anchored')
    }
  },
})

const BATCH = 5_000

/** Removes what is past its organization's retention (business time), behind a checkpoint. */
export const expireAudit = defineJob({
  name: 'audit.expire',
  payload: z.object({}),
  run: async () => {
    const { databases: { systemPool: pool }, clock } = runtime()
    const { rows } = await pool.query<{ id: string; audit_retention_days: number }>('SELECT id, audit_retention_days FROM organization')
    for (const { id, audit_retention_days: days } of rows) {
      const cutoff = new Date(clock.now().getTime() - days * 86_400_000)
      for (let removed = BATCH; removed === BATCH;) {
        const { rows: [done] } = await pool.query<{ n: string }>('SELECT audit_expire($1, $2, $3) AS n', [id, cutoff, BATCH])
        removed = Number(done?.n ?? 0)
        if (removed > 0) log.info({ org_id: id, removed }, 'audit entries past their retention removed')
      }
    }
  },
})
