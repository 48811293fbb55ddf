'use client'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Domain } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { CommandLine } from '../../../../_ui/copy.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { Status, type StatusLook } from '../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { useRefreshDomains } from './use-refresh-domains.ts'

/** What the resolver really said, beside what was asked for. */
function Answer({ values, children }: { values: readonly string[]; children?: ReactNode }) {
  return (
    <div className="rounded-inner border border-line bg-sunken p-3 text-13" role="status">
      {children}
      <p className="text-muted">The name servers answered:</p>
      {values.length === 0 ? (
        <p>nothing</p>
      ) : (
        <ul>
          {values.map((value) => (
            <li key={value}>
              <bdi>
                <code className="text-12 break-all">{value}</code>
              </bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Step({ number, title, look, children }: { number: number; title: string; look: StatusLook; children: ReactNode }) {
  return (
    <li>
      <Panel className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <h3 className="text-14 font-strong">
            {number}. {title}
          </h3>
          <Status {...look} />
        </div>
        {children}
      </Panel>
    </li>
  )
}

const proofLook = ({ status, check }: Domain): StatusLook => {
  if (status === 'active') return { tone: 'good', word: 'Found' }
  return status === 'pending' && check === null ? { tone: 'idle', word: 'Not looked for yet' } : { tone: 'attention', word: 'Not found' }
}

const pointingLook = ({ check, pointing }: Domain): StatusLook => {
  if (check === null) return { tone: 'idle', word: 'Not looked for yet' }
  if (pointing.here === null) return { tone: 'idle', word: 'Cannot be told from here' }
  return pointing.here ? { tone: 'good', word: 'Leads here' } : { tone: 'attention', word: 'Leads elsewhere' }
}

function Proof({ domain }: { domain: Domain }) {
  const { record, check } = domain
  return (
    <>
      <p className="text-13 text-muted">
        Put this {record.type} record into the DNS of the domain and keep it there: it is looked for each day, and without it for a day the domain stops being
        served.
      </p>
      <CommandLine label="Name" command={record.name} />
      <CommandLine label="Value" command={record.value} />
      {check === null ? null : (
        <Answer values={check.answer}>
          <p>
            {check.fault ?? 'The record is there.'} <span className="text-muted">Asked <TimeAgo value={check.at} />.</span>
          </p>
        </Answer>
      )}
    </>
  )
}

function Pointing({ domain }: { domain: Domain }) {
  const { pointing, check, hostname } = domain
  return (
    <>
      <p className="text-13 text-muted">
        Make a CNAME record, or where the name itself must have addresses (as example.com), an ALIAS, or A and AAAA records with the addresses of that name.
      </p>
      <CommandLine label="CNAME" command={`${hostname}. CNAME ${pointing.target}.`} />
      {check === null ? null : <Answer values={pointing.answer} />}
    </>
  )
}

export function ProofSteps({ domain, refused }: { domain: Domain; refused: string | null }) {
  const { org } = useOrg()
  const refresh = useRefreshDomains()
  const verify = useMutation(useTRPC().domains.verify.mutationOptions({ onSuccess: refresh }))
  const ready = domain.status === 'active' && domain.pointing.here === true
  return (
    <Section
      title="DNS records"
      hint={ready ? 'Both are in place.' : 'Set them where the domain is administered, then check. A new record may take some minutes to be seen.'}
      action={
        <Button look={ready ? 'plain' : 'primary'} disabled={refused !== null} title={refused ?? undefined} busy={verify.isPending}
          onClick={() => verify.mutate({ organization_id: org.id, domain_id: domain.id })}>
          Check now
        </Button>
      }>
      {verify.error === null ? null : <ErrorPanel className="mb-3" problem={toProblem(verify.error)} />}
      <ol className="flex flex-col gap-3">
        <Step number={1} title="Prove that it is yours" look={proofLook(domain)}>
          <Proof domain={domain} />
        </Step>
        <Step number={2} title="Lead it here" look={pointingLook(domain)}>
          <Pointing domain={domain} />
        </Step>
      </ol>
    </Section>
  )
}
