'use client'
import { useQuery } from '@tanstack/react-query'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../../_ui/states.tsx'
import { DangerSection } from './danger-section.tsx'
import { DetailsForm } from './details-form.tsx'
import { QuotasSection } from './quotas-section.tsx'
import { RegionsSection } from './regions-section.tsx'

export function GeneralPage() {
  const { org } = useOrg()
  const details = useQuery(useTRPC().orgs.get.queryOptions({ organization_id: org.id }))
  return (
    <div className="max-w-200">
      <Load query={details} skeleton={<PanelSkeleton label="Loading the organization" className="h-96" />}>
        {(one) => (
          <>
            <Section title="Organization">
              <DetailsForm organization={one} />
            </Section>
            <QuotasSection />
            <RegionsSection organization={one} />
            <DangerSection organization={one} />
          </>
        )}
      </Load>
    </div>
  )
}
