'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { plural } from '../../../../../_lib/format.ts'
import { useBrand, useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { roleTitle } from '../../../../../_lib/roles.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Invitation } from '../../../../../_lib/wire.ts'
import { Button, ButtonLink } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Badge, Status } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { useRefreshMembers } from './use-members.ts'

type Acts = { refused: string | null; busy: string | null; onAgain: (one: Invitation) => void; onWithdraw: (one: Invitation) => void }

const columns = ({ refused, busy, onAgain, onWithdraw }: Acts): ReadonlyArray<Column<Invitation>> => [
  { id: 'email', title: 'Invited', cell: (one) => <bdi className="font-strong break-all">{one.email}</bdi> },
  {
    id: 'role',
    title: 'Access',
    cell: (one) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <bdi>{roleTitle(one)}</bdi>
        {one.app_ids.length === 0 ? null : <Badge>only {plural(one.app_ids.length, 'app')}</Badge>}
      </span>
    ),
  },
  {
    id: 'expires',
    title: 'Open until',
    align: 'end',
    cell: (one) => (one.expired ? <Status tone="attention" word="ran out" /> : <TimeAgo value={one.expires_at} />),
  },
  {
    id: 'act',
    title: '',
    align: 'end',
    cell: (one) => (
      <span className="inline-flex gap-2">
        <Button size="sm" className="h-7" disabled={refused !== null} title={refused ?? undefined} busy={busy === one.id} onClick={() => onAgain(one)}>
          Send again
        </Button>
        <Button size="sm" className="h-7" disabled={refused !== null} title={refused ?? undefined} onClick={() => onWithdraw(one)}>
          Withdraw
        </Button>
      </span>
    ),
  },
]

export function InvitationsSection() {
  const { org } = useOrg()
  const brand = useBrand()
  const trpc = useTRPC()
  const refresh = useRefreshMembers()
  const [withdrawing, setWithdrawing] = useState<Invitation | null>(null)
  const list = useQuery(trpc.invitations.list.queryOptions({ organization_id: org.id, limit: 100 }, { refetchInterval: 15_000 }))
  const again = useMutation(trpc.invitations.resend.mutationOptions({ onSettled: refresh, onSuccess: (one) => toast(`A new link is on its way to ${one.email}`) }))
  const withdraw = useMutation(
    trpc.invitations.revoke.mutationOptions({
      onSuccess: () => {
        toast('Invitation withdrawn')
        refresh()
        setWithdrawing(null)
      },
    }),
  )
  const refused = refusedBecause(org, 'members:write')
  const onAgain = (one: Invitation) => again.mutate({ organization_id: org.id, invitation_id: one.id })
  return (
    <Section
      title="Open invitations"
      hint="Sending again replaces the link and opens it for seven more days."
      action={
        brand.mode === 'sandbox' && list.data !== undefined && list.data.data.length > 0 ? (
          <ButtonLink size="sm" href={paths.sandboxMail}>
            Open test mail
          </ButtonLink>
        ) : undefined
      }>
      {again.error === null ? null : <ErrorPanel className="mb-3" problem={toProblem(again.error)} />}
      <Load query={list} skeleton={<TableSkeleton rows={1} label="Loading invitations" />}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-14 text-muted">Nobody is invited at the moment.</p>
          ) : (
            <Table
              caption="Open invitations"
              columns={columns({ refused, busy: again.isPending ? again.variables.invitation_id : null, onAgain, onWithdraw: setWithdrawing })}
              rows={data}
              rowKey={(one) => one.id}
            />
          )
        }
      </Load>
      <ConfirmDialog
        open={withdrawing !== null}
        onOpenChange={() => setWithdrawing(null)}
        title="Withdraw this invitation?"
        action="Withdraw it"
        danger
        busy={withdraw.isPending}
        onConfirm={() => withdraw.mutate({ organization_id: org.id, invitation_id: withdrawing?.id ?? '' })}>
        <p>
          The link sent to <bdi>{withdrawing?.email}</bdi> stops working. You can invite them again.
        </p>
        {withdraw.error === null ? null : <ErrorPanel problem={toProblem(withdraw.error)} />}
      </ConfirmDialog>
    </Section>
  )
}
