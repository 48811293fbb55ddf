'use client'
import { useMutation } from '@tanstack/react-query'
import { DRILL_HOURS } from '../../../../../server/contract/backup.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { drillLook } from '../../../../_lib/status.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { VolumeDetail } from '../../../../_lib/wire.ts'
import { Field } from '../../../../_ui/field.tsx'
import { Select } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { useVolumeAct } from './use-volume-act.ts'

const WORDS: Record<(typeof DRILL_HOURS)[number], string> = { 24: 'every day', 168: 'every week', 720: 'every 30 days' }
const OPTIONS = [...DRILL_HOURS.map((hours) => ({ value: String(hours), label: WORDS[hours] })), { value: '', label: 'only by hand' }]

/** Not "backup ok": when a restore was last seen to work. */
export function DrillLine({ volume, refused }: { volume: VolumeDetail; refused: string | null }) {
  const { org } = useOrg()
  const done = useVolumeAct(() => {})
  const set = useMutation(useTRPC().volumes.setDrills.mutationOptions({ onSuccess: () => done('Restores on trial are set') }))
  const { last_proven_at: proven, last_drill: last, last_drill_detail: detail, drill_every_hours: every } = volume.safety
  const choose = (text: string): void => {
    const hours = DRILL_HOURS.find((one) => String(one) === text) ?? null
    set.mutate({ organization_id: org.id, volume_id: volume.id, every_hours: hours })
  }
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2 border-b border-line pb-3">
      <div className="text-14">
        Last proven restore: <span className="font-strong">{proven === null ? 'never' : <TimeAgo value={proven} />}</span>
        {last === null || last === 'passed' ? null : <span className="ms-2"><Status {...drillLook[last]} /></span>}
        {detail === null || detail === '' ? null : <p className="text-13 text-muted">{detail}</p>}
      </div>
      <Field label="Restore the newest on trial" required>
        {(control) => <Select {...control} value={every === null ? '' : String(every)} options={OPTIONS} disabled={refused !== null || set.isPending} onChange={(event) => choose(event.target.value)} />}
      </Field>
      {set.error === null ? null : <ErrorPanel className="w-full" problem={toProblem(set.error)} />}
    </div>
  )
}
