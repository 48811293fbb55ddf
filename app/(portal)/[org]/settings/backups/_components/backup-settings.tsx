'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { BackupBucket } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { EmptyState, ErrorPanel, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { BucketDialog } from './bucket-dialog.tsx'

function Tested({ bucket }: { bucket: BackupBucket }) {
  if (bucket.tested_at === null) return <Status tone="idle" word="Not tried yet" />
  return <span className="flex flex-wrap items-center gap-x-2"><Status tone={bucket.test_fault === null ? 'good' : 'bad'} word={bucket.test_fault === null ? 'Works' : 'Does not work'} /><span className="text-13 text-muted">tried <TimeAgo value={bucket.tested_at} /></span></span>
}

function Bucket({ bucket, refused }: { bucket: BackupBucket; refused: string | null }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [asked, setAsked] = useState<'keys' | 'remove' | null>(null)
  const refresh = (): void => { void client.invalidateQueries({ queryKey: trpc.backups.pathKey() }) }
  const test = useMutation(trpc.backups.testTarget.mutationOptions({ onSettled: refresh, onSuccess: ({ ok }) => { toast(ok ? 'The bucket works' : 'The bucket does not work') } }))
  const remove = useMutation(trpc.backups.removeTarget.mutationOptions({ onSuccess: () => { toast('The bucket is removed'); refresh(); setAsked(null) } }))
  const at = { organization_id: org.id, target_id: bucket.id }
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 border-b border-line py-3 last:border-0">
      <div className="min-w-0">
        <p className="font-strong break-all"><bdi>{bucket.bucket}</bdi></p>
        <p className="text-13 break-all text-muted"><bdi>{bucket.endpoint}</bdi> · {bucket.region} · key <code>{bucket.access_key_id}</code> · {plural(bucket.backups, 'backup')}</p>
        <Tested bucket={bucket} />
        {bucket.test_fault === null ? null : <p className="text-13">{bucket.test_fault}</p>}
        {test.error === null ? null : <ErrorPanel className="mt-2" problem={toProblem(test.error)} />}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" busy={test.isPending} disabled={refused !== null} title={refused ?? undefined} onClick={() => test.mutate(at)}>Try it</Button>
        <Button size="sm" disabled={refused !== null} title={refused ?? undefined} onClick={() => setAsked('keys')}>Replace keys</Button>
        <Button size="sm" look="quiet" disabled={refused !== null || bucket.backups > 0} title={refused ?? (bucket.backups > 0 ? 'There are backups in it.' : undefined)} onClick={() => setAsked('remove')}>Remove</Button>
      </div>
      {asked === 'keys' ? <BucketDialog bucket={bucket} onClose={() => setAsked(null)} /> : null}
      {asked === 'remove' ? (
        <ConfirmDialog
          open
          onOpenChange={() => setAsked(null)}
          title={`Remove ${bucket.bucket}?`}
          action="Remove the bucket"
          danger
          busy={remove.isPending}
          onConfirm={() => remove.mutate(at)}>
          <p>Nothing is backed up to it any more. The bucket itself stays as it is.</p>
          {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
        </ConfirmDialog>
      ) : null}
    </li>
  )
}

export function BackupSettings() {
  const { org } = useOrg()
  const [adding, setAdding] = useState(false)
  const query = useQuery(useTRPC().backups.targets.queryOptions({ organization_id: org.id }))
  const refused = refusedBecause(org, 'org:write')
  const add = <Button look="primary" size="sm" disabled={refused !== null} title={refused ?? undefined} onClick={() => setAdding(true)}>Add a bucket</Button>
  const buckets = query.data?.data
  return (
    <Section title="Buckets for backups" hint="Backups of volumes go to the newest one, encrypted before they leave the node. Without one they go to the installation's, if it has one." action={buckets?.length === 0 ? undefined : add}>
      {query.error === null ? null : <ErrorPanel problem={toProblem(query.error)} onRetry={() => { void query.refetch() }} />}
      {query.isPending ? <PanelSkeleton label="Loading the buckets" className="h-32" /> : null}
      {buckets?.length === 0 ? <EmptyState title="Keep backups outside" action={add}>Any storage that speaks S3 will do: Amazon S3, MinIO, Garage, Backblaze B2, Cloudflare R2. Nobody can read them there without the keys kept here.</EmptyState> : null}
      {buckets !== undefined && buckets.length > 0 ? (
        <Panel><ul>{buckets.map((bucket) => <Bucket key={bucket.id} bucket={bucket} refused={refused} />)}</ul></Panel>
      ) : null}
      {adding ? <BucketDialog bucket={null} onClose={() => setAdding(false)} /> : null}
    </Section>
  )
}
