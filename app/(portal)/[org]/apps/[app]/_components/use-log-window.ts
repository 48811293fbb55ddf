'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { LogLine } from '../../../../../_lib/wire.ts'
import { useLogTail, type LogFilter } from './use-log-tail.ts'

const PAGE = 2000
const KEPT = 200_000
/** A search may take several looks before it finds anything. */
const LOOKS = 15

export type LogWindowFilter = Omit<LogFilter, 'tail' | 'level'> & { level?: LogLine['level']; at?: string }
/** Where to go on; undefined: nothing was loaded yet, null: nothing is left. */
type Edge = string | null | undefined
type Loaded = { key: string; before: readonly LogLine[]; after: readonly LogLine[]; older: Edge; newer: Edge }

const nothing = (key: string): Loaded => ({ key, before: [], after: [], older: undefined, newer: undefined })

/** Lines are counted from 1. */
const before = (line: LogLine | undefined): Edge => (line?.id === '1' ? null : line?.id)

/** The log with its newest lines as they come, or from a time on; more of it is loaded where the reader comes near an end. */
export function useLogWindow({ at = '', ...filter }: LogWindowFilter) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const key = JSON.stringify([filter, at])
  const [held, setHeld] = useState(nothing(key))
  const [busy, setBusy] = useState(false)
  const loaded = held.key === key ? held : nothing(key)
  const { app_id, since, ...sieves } = filter
  const asked = { organization_id: org.id, app_id, tail: PAGE, ...sieves }
  const tail = useLogTail({ ...filter, tail: PAGE }, at === '')
  const jump = useQuery(trpc.apps.logs.queryOptions({ ...asked, order: 'oldest', since: at }, { enabled: at !== '', staleTime: Infinity, gcTime: 0 }))
  const middle = at === '' ? tail.lines : (jump.data?.data ?? [])

  const older: Edge = loaded.older === undefined ? before(middle[0]) : loaded.older
  const newer: Edge = at === '' ? null : loaded.newer === undefined ? jump.data?.pagination.next_cursor : loaded.newer
  const fetchPage = async (order: 'newest' | 'oldest', from: Edge) => {
    const limits = { ...(since && at === '' ? { since } : {}), ...(at !== '' && order === 'newest' && !from ? { until: at } : {}) }
    for (let cursor = from, look = 1; ; look += 1) {
      const input = { ...asked, ...limits, order, ...(cursor ? { cursor } : {}) }
      const page = await client.fetchQuery(trpc.apps.logs.queryOptions(input, { staleTime: 0, gcTime: 0 }))
      cursor = page.pagination.next_cursor
      if (page.data.length > 0 || cursor === null || look === LOOKS) return { lines: page.data, next: cursor }
    }
  }
  const load = async (edge: 'first' | 'last') => {
    const from = edge === 'first' ? older : newer
    if (busy || from === null || loaded.before.length + middle.length + loaded.after.length >= KEPT) return
    setBusy(true)
    try {
      const { lines, next } = await fetchPage(edge === 'first' ? 'newest' : 'oldest', from)
      setHeld((old) => {
        const now = old.key === key ? old : nothing(key)
        return edge === 'first' ? { ...now, before: [...lines, ...now.before], older: next } : { ...now, after: [...now.after, ...lines], newer: next }
      })
    } finally {
      setBusy(false)
    }
  }
  const lines = useMemo(
    () => (middle.length >= KEPT ? middle : [...loaded.before, ...middle, ...loaded.after]),
    [loaded.before, loaded.after, middle],
  )
  return { lines, broken: tail.broken, error: jump.error, loading: busy || (at !== '' && jump.isPending), hasOlder: older !== null, load }
}
