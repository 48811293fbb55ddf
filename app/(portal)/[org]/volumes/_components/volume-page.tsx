'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { instant } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { volumeStanding } from '../../../../_lib/status.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { VolumeDetail } from '../../../../_lib/wire.ts'
import { Load } from '../../../../_ui/load.tsx'
import { KeyValue, PageHeader, Panel } from '../../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../../_ui/states.tsx'
import { Banner, Status } from '../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { LostVolume } from './restore-elsewhere.tsx'
import { SchedulesSection } from './schedules-section.tsx'
import { BackupsSection } from './backups-section.tsx'
import { SnapshotsSection } from './snapshots-section.tsx'
import { BringBack, OpenDialog, VolumeActions, type VolumeDialog } from './volume-actions.tsx'
import { modeWords, sizeWord } from './words.ts'

function AppLink({ id }: { id: string }) {
  const { org } = useOrg()
  const query = useQuery(useTRPC().apps.get.queryOptions({ organization_id: org.id, app_id: id }))
  return query.data === undefined ? <>{id}</> : <Link className="link" href={paths.app(org.slug, query.data.name)}>{query.data.name}</Link>
}

/** Of a volume that may be gone for good by now. */
function VolumeLink({ id }: { id: string }) {
  const { org } = useOrg()
  const query = useQuery(useTRPC().volumes.get.queryOptions({ organization_id: org.id, volume_id: id }, { retry: false }))
  return query.data === undefined ? <code className="text-12 break-all">{id}</code> : <Link className="link" href={paths.volume(org.slug, id)}>{query.data.name}</Link>
}

function Facts({ volume }: { volume: VolumeDetail }) {
  return (
    <Panel className="mb-8">
      <KeyValue
        columns
        items={[
          ['App', volume.app_id === null ? 'None' : <AppLink key="app" id={volume.app_id} />],
          ['Mounted on', volume.mount_path === null ? 'Nowhere' : <span key="path"><code>{volume.mount_path}</code>{volume.read_only ? ', read-only' : ''}</span>],
          ['Open in', volume.in_use_by === null ? 'No instance' : <code key="instance" className="text-12 break-all">{volume.in_use_by}</code>],
          ['Size', volume.used === null ? sizeWord(volume.size) : `${sizeWord(volume.size)}, ${sizeWord(volume.used)} of it used`],
          ['File system', volume.encrypted ? `${volume.filesystem}, encrypted` : volume.filesystem],
          ['When its machine is cut off', modeWords[volume.mode]],
          ...(volume.replaces_id === null ? [] : [['Takes the place of', <VolumeLink key="replaces" id={volume.replaces_id} />] as const]),
          ['Created', <TimeAgo key="created" value={volume.created_at} />],
        ]}
      />
    </Panel>
  )
}

function Told({ volume }: { volume: VolumeDetail }) {
  if (volume.status === 'deleted') {
    return (
      <Banner tone="attention" className="mb-6" action={<BringBack volume={volume} />}>
        Deleted. Until {volume.purge_at === null ? 'then' : instant(volume.purge_at)} it can be brought back with all its snapshots.
      </Banner>
    )
  }
  if (volume.recovery !== null) return <LostVolume volume={volume} recovery={volume.recovery} />
  if (volume.status_reason === null || volume.status_reason === '') return null
  return <Banner tone={volume.status === 'error' ? 'bad' : 'info'} className="mb-6">{volume.status_reason}</Banner>
}

function VolumeView({ volume }: { volume: VolumeDetail }) {
  const { org } = useOrg()
  const [dialog, setDialog] = useState<VolumeDialog | null>(null)
  const gone = volume.status === 'deleted'
  return (
    <>
      <PageHeader
        above={<Link className="link" href={paths.volumes(org.slug)}>Volumes</Link>}
        title={volume.name}
        status={<Status {...volumeStanding(volume)} />}
        action={gone ? undefined : <VolumeActions volume={volume} onOpen={setDialog} />}
      />
      <Told volume={volume} />
      <Facts volume={volume} />
      <SnapshotsSection volume={volume} onTake={() => setDialog('snapshot')} />
      {gone ? null : <BackupsSection volume={volume} />}
      {gone ? null : <SchedulesSection volume={volume} />}
      <OpenDialog name={dialog} volume={volume} onClose={() => setDialog(null)} />
    </>
  )
}

export function VolumePage({ id }: { id: string }) {
  const { org } = useOrg()
  const query = useQuery(useTRPC().volumes.get.queryOptions({ organization_id: org.id, volume_id: id }, { refetchInterval: 2_000 }))
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the volume" className="h-80" />}>
      {(volume) => <VolumeView volume={volume} />}
    </Load>
  )
}
