'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { AppDetail } from '../../../../../_lib/wire.ts'
import { Banner } from '../../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'

/** An app whose files lie on a machine that is not heard waits for it. Where that is decided is the volume's page. Else `children` say what is wrong. */
export function LostVolumeBanner({ app, children }: { app: AppDetail; children: ReactNode }) {
  const { org } = useOrg()
  const { data } = useQuery(useTRPC().volumes.list.queryOptions(
    { organization_id: org.id, limit: 10, filter: { app_id: app.id } }, { refetchInterval: 5_000, enabled: app.status !== 'running' && app.status !== 'stopped' }))
  const lost = data?.data.find((volume) => volume.silent_since !== null)
  if (lost?.silent_since == null) return children
  return (
    <Banner tone="bad" className="mt-3" action={<Link className="link" href={paths.volume(org.slug, lost.name)}>What can be done</Link>}>
      The machine that holds its volume <bdi className="font-strong">{lost.name}</bdi> was last heard <TimeAgo value={lost.silent_since} />. The app waits for it, or for a backup of the volume that is restored elsewhere.
    </Banner>
  )
}
