'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { SCHEDULE_MINUTES } from '../../../../../server/contract/volume.ts'
import { refusedBecause } from '../../../../_lib/can.ts'
import { instant } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { VolumeDetail } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Select } from '../../../../_ui/inputs.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { useVolumeAct } from './use-volume-act.ts'
import { everyWord, keepWord } from './words.ts'

type Every = (typeof SCHEDULE_MINUTES)[number]
const EVERY_OPTIONS = SCHEDULE_MINUTES.map((minutes) => ({ value: String(minutes), label: everyWord(minutes).toLowerCase() }))
const KEEP_OPTIONS = [24, 72, 168, 720, 2160, 8760].map((hours) => ({ value: String(hours), label: keepWord(hours) }))
const WHAT_OPTIONS = [{ value: 'snapshot', label: 'a snapshot' }, { value: 'backup', label: 'a backup' }]
/** What is kept for how long by habit: quarter hours for a day, days for a month. */
const USUAL: Record<Every, number> = { 15: 24, 60: 72, 360: 168, 1440: 720, 10_080: 2160 }

const isEvery = (minutes: number): minutes is Every => (SCHEDULE_MINUTES as readonly number[]).includes(minutes)

function AddSchedule({ volume, refused }: { volume: VolumeDetail; refused: string | null }) {
  const { org } = useOrg()
  const done = useVolumeAct(() => {})
  const [every, setEvery] = useState<Every>(1440)
  const [keep, setKeep] = useState(USUAL[1440])
  const [what, setWhat] = useState<'snapshot' | 'backup'>('snapshot')
  const set = useMutation(useTRPC().volumes.setSchedule.mutationOptions({ onSuccess: (schedule) => done(`${everyWord(schedule.every_minutes)} from ${instant(schedule.next_at)}`) }))
  const choose = (minutes: number): void => {
    if (!isEvery(minutes)) return
    setEvery(minutes)
    setKeep(USUAL[minutes])
  }
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        set.mutate({ organization_id: org.id, volume_id: volume.id, what, every_minutes: every, keep_hours: keep })
      }}>
      <Field label="Take" required>
        {(control) => <Select {...control} value={what} options={WHAT_OPTIONS} onChange={(event) => setWhat(event.target.value === 'backup' ? 'backup' : 'snapshot')} />}
      </Field>
      <Field label="How often" required>
        {(control) => <Select {...control} value={every} options={EVERY_OPTIONS} onChange={(event) => choose(Number(event.target.value))} />}
      </Field>
      <Field label="Keep it" required>
        {(control) => <Select {...control} value={keep} options={KEEP_OPTIONS} onChange={(event) => setKeep(Number(event.target.value))} />}
      </Field>
      <Button type="submit" busy={set.isPending} disabled={refused !== null} title={refused ?? undefined}>Set the schedule</Button>
      {set.error === null ? null : <ErrorPanel className="w-full" problem={toProblem(set.error)} />}
    </form>
  )
}

export function SchedulesSection({ volume }: { volume: VolumeDetail }) {
  const { org } = useOrg()
  const done = useVolumeAct(() => {})
  const remove = useMutation(useTRPC().volumes.removeSchedule.mutationOptions({ onSuccess: () => done('The schedule is removed') }))
  const refused = refusedBecause(org, 'apps:write', volume.app_id ?? undefined)
  return (
    <Section title="Schedule" hint="Snapshots and backups by the clock. What a schedule took goes when its time is over.">
      <Panel className="flex flex-col gap-4">
        {volume.schedules.length === 0 ? null : (
          <ul className="flex flex-col gap-2">
            {volume.schedules.map((schedule) => (
              <li key={schedule.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <span>
                  {schedule.what === 'backup' ? 'Backup' : 'Snapshot'}: {everyWord(schedule.every_minutes).toLowerCase()}, kept {keepWord(schedule.keep_hours)}
                  <span className="block text-13 text-muted">Next {instant(schedule.next_at)}</span>
                </span>
                <Button
                  size="sm"
                  look="quiet"
                  disabled={refused !== null || remove.isPending}
                  title={refused ?? undefined}
                  onClick={() => remove.mutate({ organization_id: org.id, volume_id: volume.id, schedule_id: schedule.id })}>
                  Remove
                </Button>
              </li>
            ))}
          </ul>
        )}
        {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
        <AddSchedule volume={volume} refused={refused} />
      </Panel>
    </Section>
  )
}
