'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { SsoDomain } from '../../../../../_lib/wire.ts'
import { Button, IconButton } from '../../../../../_ui/button.tsx'
import { CommandLine } from '../../../../../_ui/copy.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Panel } from '../../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'

/** The record to make, and beside it what the resolver really answered. */
function Proof({ domain }: { domain: SsoDomain }) {
  const { record, check } = domain
  return (
    <div className="flex flex-col gap-2">
      <p className="text-13 text-muted">Put this {record.type} record into the DNS of the domain:</p>
      <CommandLine label="Name" command={record.name} />
      <CommandLine label="Value" command={record.value} />
      {check === null ? null : (
        <div className="rounded-inner border border-line bg-sunken p-3 text-13" role="status">
          <p>
            {check.fault} <span className="text-muted">Asked <TimeAgo value={check.at} />.</span>
          </p>
          <p className="mt-1 text-muted">The name servers answered:</p>
          {check.answer.length === 0 ? (
            <p>nothing</p>
          ) : (
            <ul>
              {check.answer.map((value) => (
                <li key={value}>
                  <bdi>
                    <code className="text-12 break-all">{value}</code>
                  </bdi>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  )
}

export function DomainCard({ domain, refusal }: { domain: SsoDomain; refusal: string | null }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const cache = useQueryClient()
  const [asking, setAsking] = useState(false)
  const again = async () => {
    setAsking(false)
    await cache.invalidateQueries({ queryKey: trpc.sso.domains.queryKey() })
  }
  const verify = useMutation(trpc.sso.verifyDomain.mutationOptions({ onSuccess: again }))
  const remove = useMutation(trpc.sso.removeDomain.mutationOptions({ onSuccess: again, onError: () => setAsking(false) }))
  const target = { organization_id: org.id, domain_id: domain.id }
  const error = verify.error ?? remove.error
  return (
    <Panel className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="min-w-0 font-strong break-all">
            <bdi>{domain.domain}</bdi>
          </h3>
          <Status tone={domain.verified ? 'good' : 'attention'} word={domain.verified ? 'Proven' : 'Not proven yet'} />
        </div>
        <div className="flex items-center gap-1">
          <Button size="sm" look={domain.verified ? 'plain' : 'primary'} disabled={refusal !== null} busy={verify.isPending} onClick={() => verify.mutate(target)}>
            Check now
          </Button>
          <IconButton size="sm" label={`Remove ${domain.domain}`} disabled={refusal !== null} onClick={() => setAsking(true)}>
            <Trash2 aria-hidden className="size-4" />
          </IconButton>
        </div>
      </div>
      {domain.verified ? <p className="text-13 text-muted">Keep the record: it is looked for each day, and a domain without it for three days is given up.</p> : <Proof domain={domain} />}
      {error === null ? null : <ErrorPanel problem={toProblem(error)} />}
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={`Remove ${domain.domain}?`} action="Remove the domain" danger busy={remove.isPending} onConfirm={() => remove.mutate(target)}>
        <p>People with an address there are no longer led to your identity provider, and may sign in by their other ways. Members stay members.</p>
      </ConfirmDialog>
    </Panel>
  )
}
