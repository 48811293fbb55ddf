'use client'
import { useMutation } from '@tanstack/react-query'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { BackupPlan } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { KeyValue, Panel } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { Banner, Status } from '../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

const OPENED: Record<'recipient' | 'passphrase', string> = { recipient: 'the identity of the recipient, which is not on this machine', passphrase: 'a passphrase' }

export const placeText = (place: NonNullable<BackupPlan['place']>): string => (place.kind === 'folder' ? place.path : `s3://${place.bucket}/${place.prefix} at ${place.endpoint}`)

const when = (hour: number | null): string => (hour === null ? 'by hand only' : `each day at ${String(hour).padStart(2, '0')}:00 UTC`)

function Trouble({ plan }: { plan: BackupPlan }) {
  if (plan.opened_by === null)
    return (
      <Banner tone="attention" className="mb-4">
        Nothing to encrypt a backup with: set <code>SHELLWEGO_BACKUP_PASSPHRASE_FILE</code> or <code>SHELLWEGO_BACKUP_RECIPIENT</code> and start again.
      </Banner>
    )
  if (!plan.overdue) return null
  return (
    <Banner tone="bad" className="mb-4">
      <strong className="font-strong">The newest good backup is older than 36 hours.</strong> {plan.last_fault ?? 'None was made since.'}
    </Banner>
  )
}

/** Where they go, when, and how it stands. */
export function PlanPanel({ plan, onChange }: { plan: BackupPlan; onChange: () => void }) {
  const test = useMutation(useTRPC().portalBackups.testPlan.mutationOptions())
  if (plan.place === null) return <Trouble plan={plan} />
  return (
    <>
      <Trouble plan={plan} />
      <Panel className="mb-8 flex flex-col gap-4">
        <KeyValue
          items={[
            ['Where', <bdi key="place" className="break-all">{placeText(plan.place)}</bdi>],
            ['When', when(plan.hour)],
            ['Kept', `${plan.keep.daily} daily, ${plan.keep.weekly} weekly, ${plan.keep.monthly} monthly`],
            ['Opened by', plan.opened_by === null ? 'nothing yet' : OPENED[plan.opened_by]],
            ['Newest good one', plan.last_good_at === null ? 'none' : <TimeAgo key="good" value={plan.last_good_at} />],
            ['Last read back', plan.last_proven_at === null ? 'never' : <TimeAgo key="proven" value={plan.last_proven_at} />],
            ...(plan.last_failed_at === null ? [] : [['Last failure', <TimeAgo key="failed" value={plan.last_failed_at} />] as const]),
          ]}
        />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button onClick={onChange}>Change</Button>
          <Button busy={test.isPending} onClick={() => test.mutate({})}>Try it</Button>
          {test.data === undefined ? null : <Status tone={test.data.ok ? 'good' : 'bad'} word={test.data.detail} />}
        </div>
        {test.error === null ? null : <ErrorPanel problem={toProblem(test.error)} />}
      </Panel>
    </>
  )
}
