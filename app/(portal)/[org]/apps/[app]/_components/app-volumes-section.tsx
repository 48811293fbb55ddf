'use client'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { volumeStanding } from '../../../../../_lib/status.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { AppDetail, Volume } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { NewVolumeDialog } from '../../../volumes/_components/new-volume-dialog.tsx'
import { sizeWord } from '../../../volumes/_components/words.ts'

/** Not whether there are backups: whether a restore was seen to work. */
function Proven({ volume: { safety } }: { volume: Volume }) {
  if (safety.last_proven_at !== null) return <>Restore last proven <TimeAgo value={safety.last_proven_at} /></>
  return <>{safety.last_backup_at === null ? 'No backup' : 'No restore proven yet'}</>
}

function Row({ volume }: { volume: Volume }) {
  const { org } = useOrg()
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-line py-2 first:pt-0 last:border-0 last:pb-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <Link className="link font-strong break-words" href={paths.volume(org.slug, volume.name)}><bdi>{volume.name}</bdi></Link>
          <Status {...volumeStanding(volume)} />
        </p>
        <p className="text-13 text-muted">
          <code>{volume.mount_path}</code>{volume.read_only ? ', read-only' : ''} · <Proven volume={volume} />
        </p>
      </div>
      <span className="num text-13">
        {volume.used === null ? null : `${sizeWord(volume.used)} of `}{sizeWord(volume.size)}
      </span>
    </li>
  )
}

export function AppVolumesSection({ app }: { app: AppDetail }) {
  const { org } = useOrg()
  const [making, setMaking] = useState(false)
  const query = useQuery(useTRPC().volumes.list.queryOptions({ organization_id: org.id, limit: 10, filter: { app_id: app.id } }, { refetchInterval: 5_000 }))
  const refused = refusedBecause(org, 'apps:write', app.id)
  return (
    <Section
      title="Volumes"
      action={
        <Button size="sm" disabled={refused !== null} title={refused ?? undefined} icon={<Plus aria-hidden className="size-4" />} onClick={() => setMaking(true)}>
          Add a volume
        </Button>
      }>
      <Load query={query} skeleton={<PanelSkeleton label="Loading volumes" />}>
        {({ data }) => (
          <Panel>
            {data.length === 0 ? <p className="text-muted">None. What the app writes goes with its instance; in a volume it stays.</p> : (
              <ul aria-label="Volumes of this app">{data.map((volume) => <Row key={volume.id} volume={volume} />)}</ul>
            )}
          </Panel>
        )}
      </Load>
      <NewVolumeDialog open={making} onOpenChange={setMaking} appId={app.id} />
    </Section>
  )
}
