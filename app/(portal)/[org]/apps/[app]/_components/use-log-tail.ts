'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTRPC, useTRPCClient } from '../../../../../_lib/trpc.tsx'
import type { LogLevel, LogLine } from '../../../../../_lib/wire.ts'

export type LogFilter = { app_id: string; deployment_id?: string; instance_id?: string; level?: LogLevel; q?: string }
const KEPT = 5000
const EVERY_MS = 1000
const FULL_PAGE = 500

/** Follows by cursor: a tab that slept, or a network that broke, resumes where it stopped, without gaps or doubles. */
export function useLogTail(filter: LogFilter, live = true): { lines: readonly LogLine[]; error: unknown; pending: boolean } {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const key = JSON.stringify(filter)
  const [held, setHeld] = useState<{ key: string; lines: readonly LogLine[] }>({ key, lines: [] })
  const cursor = useRef<{ key: string; after: string | undefined }>({ key, after: undefined })
  const poll = useQuery({
    queryKey: [...trpc.apps.logs.queryKey(), 'tail', key],
    queryFn: async ({ signal }) => {
      const after = cursor.current.key === key ? cursor.current.after : undefined
      const page = await client.apps.logs.query({ ...filter, limit: FULL_PAGE, ...(after === undefined ? {} : { after }) }, { signal })
      return { ...page, after, key }
    },
    refetchInterval: (query) => !live && query.state.data?.data.length === 0 ? false : query.state.data?.data.length === FULL_PAGE ? 50 : EVERY_MS,
    gcTime: 0, staleTime: 0, structuralSharing: false,
  })
  const page = poll.data
  useEffect(() => {
    if (page === undefined || page.key !== key) return
    if (cursor.current.key === key && page.after !== cursor.current.after) return
    cursor.current = { key, after: page.next_cursor }
    setHeld((old) => {
      const before = old.key === key && page.after !== undefined ? old.lines : []
      if (page.data.length === 0 && old.key === key) return old
      return { key, lines: [...before, ...page.data].slice(-KEPT) }
    })
  }, [page, key])
  return { lines: held.key === key ? held.lines : [], error: poll.error, pending: poll.isPending }
}
