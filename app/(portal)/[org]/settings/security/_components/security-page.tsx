'use client'
import { useQuery } from '@tanstack/react-query'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { Forbidden, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { ConnectionForm } from './connection-form.tsx'
import { ConnectionState } from './connection-state.tsx'
import { DomainsSection } from './domains-section.tsx'
import { MfaSection } from './mfa-section.tsx'

export function SecurityPage() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const refusal = refusedBecause(org, 'org:write')
  const sso = useQuery(trpc.sso.get.queryOptions({ organization_id: org.id }))
  const domains = useQuery(trpc.sso.domains.queryOptions({ organization_id: org.id }))
  return (
    <div className="max-w-200">
      {refusal === null ? null : (
        <div className="mb-6">
          <Forbidden reason={refusal} />
        </div>
      )}
      <MfaSection refusal={refusal} />
      <Section
        title="Single sign-on"
        hint="Members of your domains sign in through your own identity provider (OpenID Connect), and join with a role of your choice.">
        <Load query={sso} skeleton={<PanelSkeleton label="Loading single sign-on" />}>
          {({ connection, etag, redirect_uri: redirectUri }) => (
            <div className="flex flex-col gap-4">
              {connection === null ? null : (
                <ConnectionState connection={connection} proven={domains.data?.data.some((one) => one.verified) ?? false} refusal={refusal} />
              )}
              <ConnectionForm key={connection === null ? 'new' : 'there'} state={{ connection, etag }} redirectUri={redirectUri} refusal={refusal} />
            </div>
          )}
        </Load>
      </Section>
      <DomainsSection query={domains} refusal={refusal} />
    </div>
  )
}
