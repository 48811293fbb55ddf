'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { toast } from 'sonner'
import { plural } from '../../../_lib/format.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { SessionRow } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Load } from '../../../_ui/load.tsx'
import { Section } from '../../../_ui/page.tsx'
import { ErrorPanel, TableSkeleton } from '../../../_ui/states.tsx'
import { Badge } from '../../../_ui/status.tsx'
import { Table, type Column } from '../../../_ui/table.tsx'
import { TimeAgo } from '../../../_ui/time.tsx'

const columns = (onRevoke: (id: string) => void): ReadonlyArray<Column<SessionRow>> => [
  { id: 'device', title: 'Device', cell: (row) => <span className="inline-flex flex-wrap items-center gap-2">{row.device}{row.current ? <Badge tone="good">this one</Badge> : null}</span> },
  { id: 'ip', title: 'Address', cell: (row) => <code className="text-12">{row.ip}</code> },
  { id: 'since', title: 'Signed in', align: 'end', cell: (row) => <TimeAgo value={row.created_at} /> },
  { id: 'seen', title: 'Last used', align: 'end', cell: (row) => <TimeAgo value={row.last_seen_at} /> },
  { id: 'act', title: '', align: 'end', cell: (row) => row.current ? null : <Button size="sm" className="h-7" onClick={() => onRevoke(row.id)}>Sign out</Button> },
]

export function SessionsSection() {
  const trpc = useTRPC()
  const sessions = useQuery(trpc.auth.sessions.queryOptions())
  const again = () => { void sessions.refetch() }
  const revoke = useMutation(trpc.auth.revokeSession.mutationOptions({ onSuccess: again }))
  const others = useMutation(trpc.auth.revokeOtherSessions.mutationOptions({ onSuccess: ({ revoked }) => { toast(`${plural(revoked, 'session')} signed out`); again() } }))
  const failed = revoke.error ?? others.error
  return (
    <Section title="Sessions" hint="Where you are signed in."
      action={(sessions.data?.data.length ?? 0) > 1 ? <Button size="sm" busy={others.isPending} onClick={() => others.mutate()}>Sign out everywhere else</Button> : undefined}>
      {failed === null ? null : <ErrorPanel className="mb-3" problem={toProblem(failed)} />}
      <Load query={sessions} skeleton={<TableSkeleton rows={2} label="Loading sessions" />}>
        {({ data }) => <Table caption="Your sessions" columns={columns((id) => revoke.mutate({ session_id: id }))} rows={data} rowKey={(row) => row.id} />}
      </Load>
    </Section>
  )
}
