'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { BackupPlan, PortalBackup } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Section } from '../../../../_ui/page.tsx'
import { EmptyState, ErrorPanel, PanelSkeleton } from '../../../../_ui/states.tsx'
import { Table } from '../../../../_ui/table.tsx'
import { columns } from './backup-columns.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { PlanPanel } from './plan-panel.tsx'
import { RecoveryPanel } from './recovery-panel.tsx'
import { RestoreHelp } from './restore-help.tsx'

const LOOK_MS = 1_000
const REST_MS = 5_000
const underWay = (backups: readonly PortalBackup[] | undefined): boolean => backups?.some((one) => one.status === 'queued' || one.status === 'running') ?? false

function Backups({ plan, backups }: { plan: BackupPlan; backups: readonly PortalBackup[] }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [planning, setPlanning] = useState(false)
  const reread = () => void client.invalidateQueries({ queryKey: trpc.portalBackups.pathKey() })
  const create = useMutation(trpc.portalBackups.create.mutationOptions({ onSuccess: () => { toast('A backup is being made'); reread() } }))
  const verify = useMutation(trpc.portalBackups.verify.mutationOptions({ onSuccess: () => { toast('It is being read back'); reread() } }))
  const error = create.error ?? verify.error
  const ready = plan.place !== null && plan.opened_by !== null
  return (
    <>
      <PlanPanel plan={plan} onChange={() => setPlanning(true)} />
      {error === null ? null : <ErrorPanel className="mb-4" problem={toProblem(error)} />}
      <Section
        title="Backups" hint="Database, keys, certificates and settings as of one moment, encrypted. A good one was read back from where it lies."
        action={ready ? <Button look="primary" busy={create.isPending} disabled={underWay(backups)} onClick={() => create.mutate({})}>Back up now</Button> : undefined}>
        {backups.length === 0 ? (
          <EmptyState
            title="No backup yet" command="npx --no-install shellwego backup create"
            action={plan.place === null ? <Button look="primary" onClick={() => setPlanning(true)}>Say where they go</Button> : undefined}>
            {plan.place === null ? 'Without one, the loss of this machine is the loss of everything but the running apps. Name a folder on another disk, or a bucket.' : 'Make the first one now, or wait for its hour.'}
          </EmptyState>
        ) : (
          <Table caption="Backups of the installation" columns={columns((id) => verify.mutate({ portal_backup_id: id }), verify.isPending)} rows={backups} rowKey={(backup) => backup.id} />
        )}
      </Section>
      <RestoreHelp plan={plan} />
      {planning ? <PlanDialog plan={plan} onClose={() => setPlanning(false)} /> : null}
    </>
  )
}

/** What would be left if this machine were lost, and what to decide after a restore. */
export function BackupsPage() {
  const trpc = useTRPC()
  const list = useQuery(trpc.portalBackups.list.queryOptions(
    { limit: 50 }, { refetchInterval: ({ state }) => (underWay(state.data?.data) ? LOOK_MS : REST_MS) }))
  const plan = useQuery(trpc.portalBackups.plan.queryOptions({}, { refetchInterval: REST_MS }))
  return (
    <>
      <PageHeader title="Backups" facts="Of the installation itself. Volumes of customers have backups of their own." />
      <RecoveryPanel />
      <Load query={plan} skeleton={<PanelSkeleton label="Loading the plan" />}>
        {(known) => (
          <Load query={list} skeleton={<PanelSkeleton label="Loading the backups" />}>
            {({ data }) => <Backups plan={known} backups={data} />}
          </Load>
        )}
      </Load>
    </>
  )
}
