import { z } from 'zod'
import type { DnsZone } from '../../domain/domains/ports.ts'

const Answer = z.object({ success: z.boolean(), errors: z.array(z.object({ message: z.string() })).default([]), result: z.unknown().optional() })
const Records = z.array(z.object({ id: z.string() }))
const LIMIT_MS = 10_000

export interface CloudflareConfig { zone: string; zoneId: string; token: string; api?: string }

/** The platform's zone at Cloudflare. The token needs to edit this zone's DNS, nothing else. */
export const createCloudflareZone = ({ zone, zoneId, token, api = 'https://api.cloudflare.com/client/v4' }: CloudflareConfig): DnsZone => {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${api}/zones/${zoneId}/dns_records${path}`, {
      method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, signal: AbortSignal.timeout(LIMIT_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer = Answer.safeParse(await response.json().catch(() => null))
    if (answer.success && answer.data.success) return answer.data.result
    throw new Error(`The DNS provider refused: ${answer.data?.errors[0]?.message ?? `HTTP ${response.status}`}`)
  }
  const find = async (name: string, content: string) =>
    Records.parse(await call('GET', `?${new URLSearchParams({ type: 'TXT', name, content }).toString()}`))
  return {
    name: zone,
    async setTxt(label, value) {
      const name = `${label}.${zone}`
      if ((await find(name, value)).length === 0) await call('POST', '', { type: 'TXT', name, content: value, ttl: 60 })
    },
    async removeTxt(label, value) {
      for (const { id } of await find(`${label}.${zone}`, value)) await call('DELETE', `/${id}`)
    },
  }
}
