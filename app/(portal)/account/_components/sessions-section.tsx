'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { paths } from '../../../_lib/paths.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { SessionInfo } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Load } from '../../../_ui/load.tsx'
import { Section } from '../../../_ui/page.tsx'
import { ErrorPanel, TableSkeleton } from '../../../_ui/states.tsx'
import { Badge } from '../../../_ui/status.tsx'
import { Table, type Column } from '../../../_ui/table.tsx'
import { TimeAgo } from '../../../_ui/time.tsx'

/** `Chrome on Linux` out of a user agent; what it does not know it shows as it is. */
function deviceOf({ kind, user_agent: agent }: SessionInfo): string {
  if (kind === 'api') return 'API token'
  const browser = /Edg\//.test(agent ?? '')
    ? 'Edge'
    : /Firefox\//.exec(agent ?? '')
      ? 'Firefox'
      : /Chrome\//.test(agent ?? '')
        ? 'Chrome'
        : /Safari\//.test(agent ?? '')
          ? 'Safari'
          : null
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(agent ?? '')?.[1]
  return browser === null || system === undefined ? (agent?.slice(0, 60) ?? 'Unknown device') : `${browser} on ${system}`
}

const columns = (onRevoke: (id: string) => void): ReadonlyArray<Column<SessionInfo>> => [
  {
    id: 'device',
    title: 'Device',
    cell: (row) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        {deviceOf(row)}
        {row.current ? <Badge tone="good">this one</Badge> : null}
      </span>
    ),
  },
  { id: 'ip', title: 'Address', cell: (row) => <code className="text-12">{row.ip ?? 'unknown'}</code> },
  { id: 'since', title: 'Signed in', align: 'end', cell: (row) => <TimeAgo value={row.created_at} /> },
  { id: 'seen', title: 'Last used', align: 'end', cell: (row) => <TimeAgo value={row.last_seen_at} /> },
  {
    id: 'act',
    title: '',
    align: 'end',
    cell: (row) =>
      row.current ? null : (
        <Button size="sm" className="h-7" onClick={() => onRevoke(row.id)}>
          Sign out
        </Button>
      ),
  },
]

export function SessionsSection() {
  const trpc = useTRPC()
  const sessions = useQuery(trpc.auth.sessions.queryOptions({}))
  const again = () => {
    void sessions.refetch()
  }
  const revoke = useMutation(trpc.auth.revokeSession.mutationOptions({ onSuccess: again }))
  const everywhere = useMutation(trpc.auth.signOutEverywhere.mutationOptions({ onSuccess: () => window.location.assign(paths.signIn) }))
  const failed = revoke.error ?? everywhere.error
  return (
    <Section
      title="Sessions"
      hint="Where you are signed in, tokens included. Signing out everywhere ends this session too."
      action={
        <Button size="sm" busy={everywhere.isPending || everywhere.isSuccess} onClick={() => everywhere.mutate({})}>
          Sign out everywhere
        </Button>
      }>
      {failed === null ? null : <ErrorPanel className="mb-3" problem={toProblem(failed)} />}
      <Load query={sessions} skeleton={<TableSkeleton rows={2} label="Loading sessions" />}>
        {({ data }) => (
          <Table
            caption="Your sessions"
            columns={columns((id) => revoke.mutate({ session_id: id }))}
            rows={data}
            rowKey={(row) => row.id}
          />
        )}
      </Load>
    </Section>
  )
}
