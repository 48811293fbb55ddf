'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { refusedBecause } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { Forbidden, PanelSkeleton } from '../../../../_ui/states.tsx'
import { NewAppForm } from './new-app-form.tsx'

export function NewAppPage({ image }: { image: string }) {
  const { org } = useOrg()
  const brand = useQuery(useTRPC().brand.current.queryOptions({}, { staleTime: 300_000 }))
  const refused = refusedBecause(org, 'apps:write')
  return (
    <div className="max-w-200">
      <PageHeader
        title="New app"
        above={
          <Link className="link" href={paths.apps(org.slug)}>
            Apps
          </Link>
        }
      />
      {refused === null ? (
        <Load query={brand} skeleton={<PanelSkeleton label="Loading sizes and prices" className="h-96" />}>
          {({ apps_domain }) => <NewAppForm appsDomain={apps_domain} image={image} />}
        </Load>
      ) : (
        <Forbidden reason={refused} />
      )}
    </div>
  )
}
