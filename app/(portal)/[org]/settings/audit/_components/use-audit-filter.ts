'use client'
import { useFilters } from '../../../../../_ui/filter-bar.tsx'

/** Words of the address for spans of time, in days. */
export const SPANS: Record<string, { label: string; days: number }> = {
  day: { label: 'Last 24 hours', days: 1 },
  week: { label: 'Last 7 days', days: 7 },
  month: { label: 'Last 30 days', days: 30 },
  quarter: { label: 'Last 90 days', days: 90 },
}

export interface AuditFilter { q?: string; type?: string; actor_id?: string; subject_id?: string; at?: { gte: string } }

/** Whole hours, so that a view asks the same question twice. */
const since = (days: number): string => new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - days * 86_400_000).toISOString()

/** What the address asks for, as the API takes it. */
export function useAuditFilter() {
  const filters = useFilters()
  const [q, type, actor, subject, span] = ['q', 'type', 'actor', 'subject', 'span'].map((name) => filters.get(name))
  const days = SPANS[span ?? '']?.days
  const filter: AuditFilter = {
    ...(q ? { q } : {}), ...(type ? { type } : {}), ...(actor ? { actor_id: actor } : {}), ...(subject ? { subject_id: subject } : {}),
    ...(days === undefined ? {} : { at: { gte: since(days) } }),
  }
  return { filters, filter, active: Object.keys(filter).length > 0 }
}

export const exportAddress = (orgId: string, filter: AuditFilter, format: 'csv' | 'json'): string => {
  const { at, ...rest } = filter
  const query = new URLSearchParams({ format })
  for (const [name, value] of Object.entries(rest)) query.set(`filter[${name}]`, value)
  if (at) query.set('filter[at][gte]', at.gte)
  return `/v1/organizations/${orgId}/audit/export?${query}`
}
