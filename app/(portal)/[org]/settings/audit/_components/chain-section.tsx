'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { AuditVerdict } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Code } from '../../../../../_ui/copy.tsx'
import { KeyValue, Panel, Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { ChainPicture } from './chain-picture.tsx'

type Fault = NonNullable<AuditVerdict['broken']>['fault']
const faults: Record<Fault, string> = {
  edited: 'was edited after it was written',
  deleted: 'lost its event: the row was deleted',
  missing: 'is missing',
  reordered: 'does not follow from the one before it',
  inserted: 'is preceded by an event that was put in without an entry',
  truncated: 'and those after it were cut off',
  rewritten: 'is not the one that was signed earlier: the chain was written anew',
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  const { broken, checked, head, anchor, checkpoint, expired } = verdict
  return (
    <div className="flex flex-col gap-4">
      <Banner tone={broken === null ? 'good' : 'bad'}>
        {broken === null ? (
          <>
            Whole: {checked.toLocaleString('en')} entries, each follows from the one before. Checked <TimeAgo value={verdict.checked_at} />.
          </>
        ) : (
          <>
            Broken: entry #{broken.chain_seq} {faults[broken.fault]}. Export the log now and tell the operator.
            {broken.event_id === null ? null : (
              <>
                {' '}
                Event <code className="break-all">{broken.event_id}</code>.
              </>
            )}
          </>
        )}
      </Banner>
      <ChainPicture verdict={verdict} />
      <KeyValue
        items={[
          ['Newest entry', `#${head.chain_seq}`],
          ['Its hash, to note elsewhere', <Code key="hash" copy>{head.hash}</Code>],
          ['Signed up to', anchor === null ? 'not yet: within ten minutes' : <span key="anchor">#{anchor.chain_seq}, <TimeAgo value={anchor.at} /></span>],
          ...(checkpoint === null ? [] : [['Begins after', `#${checkpoint.chain_seq}: ${expired.toLocaleString('en')} entries passed their retention`] as const]),
        ]}
      />
    </div>
  )
}

/** Asked for by hand: it reads every entry. */
export function ChainSection() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const verify = useQuery({ ...trpc.audit.verify.queryOptions({ organization_id: org.id }), enabled: false, staleTime: Infinity, retry: false })
  const check = (
    <Button
      size="sm"
      busy={verify.isFetching}
      onClick={() => {
        void verify.refetch()
      }}>
      Verify the chain
    </Button>
  )
  return (
    <Section
      title="Integrity"
      hint={
        <>
          Each entry carries the hash of the one before: a change shows. Kept as set under{' '}
          <Link className="link" href={paths.settings(org.slug)}>
            General
          </Link>
          .
        </>
      }
      action={check}>
      {verify.error === null ? null : <ErrorPanel problem={toProblem(verify.error)} />}
      {verify.data === undefined ? null : (
        <Panel>
          <Verdict verdict={verify.data} />
        </Panel>
      )}
    </Section>
  )
}
