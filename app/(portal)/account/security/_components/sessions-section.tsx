'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { SessionInfo } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { ErrorPanel, TableSkeleton } from '../../../../_ui/states.tsx'
import { Badge } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

const columns = (onRevoke: (id: string) => void): ReadonlyArray<Column<SessionInfo>> => [
  {
    id: 'device',
    title: 'Device',
    cell: (row) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        {row.kind === 'api' ? `API session (${row.device})` : row.device}
        {row.current ? <Badge tone="good">this one</Badge> : null}
        {row.mfa ? <Badge>second factor</Badge> : null}
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
        <Button size="sm" className="h-7" aria-label={`Sign out ${row.device}`} onClick={() => onRevoke(row.id)}>
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
  const others = useMutation(trpc.auth.revokeOtherSessions.mutationOptions({ onSuccess: again }))
  const failed = revoke.error ?? others.error
  const alone = (sessions.data?.data.length ?? 0) < 2
  return (
    <Section
      title="Sessions"
      hint="Where you are signed in. What you do not know, sign out, and change your password."
      action={
        alone ? undefined : (
          <Button size="sm" busy={others.isPending} onClick={() => others.mutate({})}>
            Sign out all others
          </Button>
        )
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
