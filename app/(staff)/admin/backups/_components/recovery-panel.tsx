'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import Link from 'next/link'
import { toast } from 'sonner'
import { plural } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Recovery } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { KeyValue, Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { Banner } from '../../../../_ui/status.tsx'
import { Table } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { strayColumns } from './stray-columns.tsx'

const LOOK_MS = 2_000

/** Nothing unless the installation was restored. */
export function RecoveryPanel() {
  const trpc = useTRPC()
  const query = useQuery(trpc.recovery.get.queryOptions({}, { refetchInterval: ({ state }) => (state.data?.active === true ? LOOK_MS : false) }))
  const recovery = query.data
  if (recovery === undefined || (!recovery.active && !recovery.strays.some((stray) => stray.kind === 'vm' && stray.decision === null))) return null
  return <Recovering recovery={recovery} />
}

function Recovering({ recovery }: { recovery: Recovery }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [resuming, setResuming] = useState(false)
  const told = (message: string) => ({
    onSuccess: (next: Recovery) => {
      toast(message)
      client.setQueryData(trpc.recovery.get.queryKey({}), next)
      setResuming(false)
    },
  })
  const adopt = useMutation(trpc.recovery.adopt.mutationOptions(told('Adopted as it runs')))
  const remove = useMutation(trpc.recovery.remove.mutationOptions(told('It goes when the recovery ends')))
  const resume = useMutation(trpc.recovery.resume.mutationOptions(told('The installation is at work again')))
  const silent = recovery.nodes.filter((node) => !node.heard)
  const open = recovery.strays.filter((stray) => stray.kind === 'vm' && stray.decision === null)
  const error = adopt.error ?? remove.error
  return (
    <Section title="After the restore">
      {recovery.active ? (
        <Banner tone="attention" className="mb-4" action={<Button look="primary" onClick={() => setResuming(true)}>Resume</Button>}>
          <strong className="font-strong">Restored and waiting for you.</strong> Apps run on. Nodes are told nothing, no job runs, customers can change nothing.
        </Banner>
      ) : null}
      <Panel className="mb-4 flex flex-col gap-3">
        <KeyValue
          items={[
            ['Backup of', recovery.backup_taken_at === null ? 'unknown' : <TimeAgo key="taken" value={recovery.backup_taken_at} />],
            ['Nodes heard since', `${recovery.nodes.length - silent.length} of ${recovery.nodes.length}`],
            ...(silent.length === 0 ? [] : [['Not heard yet', <bdi key="silent">{silent.map((node) => node.hostname).join(', ')}</bdi>] as const]),
            ['Machines the backup does not know', open.length === 0 ? 'none to decide' : plural(open.length, 'to decide', 'to decide')],
          ]}
        />
        <p className="text-13 text-muted">
          What was paid, invoiced or refunded after the backup is not in these books: compare with the providers under{' '}
          <Link className="link" href={paths.adminReconciliation}>Reconciliation</Link> before the next invoices.
        </p>
      </Panel>
      {error === null ? null : <ErrorPanel className="mb-4" problem={toProblem(error)} />}
      {recovery.strays.length === 0 ? null : (
        <Table
          caption="What nodes run and the backup does not know" rowKey={(stray) => `${stray.node_id} ${stray.id}`} rows={recovery.strays}
          columns={strayColumns({
            busy: adopt.isPending || remove.isPending, onAdopt: ({ node_id, id }) => adopt.mutate({ node_id, stray_id: id }),
            onRemove: ({ node_id, id }) => remove.mutate({ node_id, stray_id: id }),
          })}
        />
      )}
      <ConfirmDialog
        open={resuming} onOpenChange={setResuming} title="Resume work?" action="Resume" danger={open.length > 0 || silent.length > 0} busy={resume.isPending}
        onConfirm={() => resume.mutate({ unheard: true, strays: 'stop' })}>
        Nodes take the restored state after they have read it twice, ten seconds apart. Apps deleted since the backup start again, with empty disks.
        {open.length > 0 ? ` ${plural(open.length, 'machine')} you have not decided about will be stopped and kept for 24 hours.` : ''}
        {silent.length > 0 ? ` ${plural(silent.length, 'node')} not heard since the restore may be given up as lost.` : ''}
        {resume.error === null ? null : <ErrorPanel problem={toProblem(resume.error)} />}
      </ConfirmDialog>
    </Section>
  )
}
