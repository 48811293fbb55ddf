'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { canSome, refusedBecause } from '../../../../_lib/can.ts'
import { instant } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Domain } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { ErrorPanel, Forbidden, PanelSkeleton } from '../../../../_ui/states.tsx'
import { Banner, Status } from '../../../../_ui/status.tsx'
import { CertificateSection } from './certificate-section.tsx'
import { ProofSteps } from './proof-steps.tsx'
import { RoutingForm } from './routing-form.tsx'
import { useRefreshDomains } from './use-refresh-domains.ts'
import { domainLook } from './words.ts'

function Remove({ domain, refused }: { domain: Domain; refused: string | null }) {
  const { org } = useOrg()
  const router = useRouter()
  const refresh = useRefreshDomains()
  const [asking, setAsking] = useState(false)
  const remove = useMutation(useTRPC().domains.remove.mutationOptions({
    onSuccess: () => {
      refresh()
      router.push(paths.domains(org.slug))
    },
  }))
  return (
    <>
      <Button disabled={refused !== null} title={refused ?? undefined} onClick={() => setAsking(true)}>Remove</Button>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={`Remove ${domain.unicode}?`} action="Remove the domain" danger busy={remove.isPending}
        onConfirm={() => remove.mutate({ organization_id: org.id, domain_id: domain.id })}>
        <p>Visitors no longer reach {domain.app_name} under it. Take its DNS records away as well: for 30 days nobody else can claim the name here.</p>
        {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
      </ConfirmDialog>
    </>
  )
}

function DomainView({ domain }: { domain: Domain }) {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'apps:write', domain.app_id)
  return (
    <>
      <PageHeader
        above={<Link href={paths.domains(org.slug)}>All domains</Link>}
        title={<span className="break-all">{domain.unicode}</span>}
        status={<Status {...domainLook[domain.status]} />}
        facts={
          <>
            {domain.unicode === domain.hostname ? null : <bdi className="font-mono break-all">{domain.hostname}</bdi>}
            <span>
              Leads to <Link href={paths.app(org.slug, domain.app_name)}>{domain.app_name}</Link>
            </span>
          </>
        }
        action={<Remove domain={domain} refused={refused} />} />
      {domain.given_up_at === null ? null : (
        <Banner tone="bad" className="mb-6">
          The record that proves it is gone. The domain is served until {instant(domain.given_up_at)} at most; set the record again before that.
        </Banner>
      )}
      {domain.status === 'lost' ? (
        <Banner tone="bad" className="mb-6">It is no longer served, because its record was missing for a day. Set the record again and check it: nobody else can claim it meanwhile.</Banner>
      ) : null}
      <ProofSteps domain={domain} refused={refused} />
      <RoutingForm key={domain.etag} domain={domain} refused={refused} />
      <CertificateSection domain={domain} refused={refused} />
    </>
  )
}

export function DomainPage({ id }: { id: string }) {
  const { org } = useOrg()
  const allowed = canSome(org, 'apps:read')
  const query = useQuery(useTRPC().domains.get.queryOptions({ organization_id: org.id, domain_id: id }, { enabled: allowed }))
  if (!allowed) return <Forbidden reason={refusedBecause(org, 'apps:read') ?? ''} />
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the domain" className="h-64" />}>
      {(domain) => <DomainView domain={domain} />}
    </Load>
  )
}
