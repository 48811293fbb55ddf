'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { instant } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Snapshot, VolumeDetail } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { RadioCards } from '../../../../_ui/choices.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { useVolumeAct } from './use-volume-act.ts'
import { faultOf } from './words.ts'

/** Beside the old one first: nothing is lost by looking. */
export function RestoreDialog({ volume, snapshot, onClose }: { volume: VolumeDetail; snapshot: Snapshot; onClose: () => void }) {
  const { org } = useOrg()
  const router = useRouter()
  const done = useVolumeAct(onClose)
  const [where, setWhere] = useState('new')
  const [name, setName] = useState(`${volume.name.slice(0, 31)}-restored`)
  const inUse = volume.in_use_by !== null
  const restore = useMutation(useTRPC().volumes.restore.mutationOptions({
    onSuccess: (result) => {
      done(where === 'new' ? `${result.name} is being made` : `${result.name} goes back to ${snapshot.name}`)
      if (where === 'new') router.push(paths.volume(org.slug, result.name))
    },
  }))
  const problem = restore.error === null ? null : toProblem(restore.error)
  const nameFault = faultOf(problem, 'name')
  return (
    <Dialog open onOpenChange={onClose} title={`Restore ${snapshot.name}`} description={`What the volume held ${instant(snapshot.taken_at ?? snapshot.created_at)}.`}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          restore.mutate({ organization_id: org.id, volume_id: volume.id, snapshot_id: snapshot.id, create_new_volume: where === 'new', ...(where === 'new' ? { name: name.trim() } : {}) })
        }}>
        <RadioCards
          label="Where to"
          value={where}
          onChange={setWhere}
          columns="sm:grid-cols-2"
          options={[
            { value: 'new', title: 'A new volume', detail: 'This one stays as it is.' },
            { value: 'here', title: 'This volume', detail: 'What it holds now is kept as a snapshot first.', ...(inUse ? { disabled: 'An app has it open. Stop the app first.' } : {}) },
          ]}
        />
        {where === 'new' ? (
          <Field label="Name of the new volume" required error={nameFault}>
            {(control) => <Input {...control} value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />}
          </Field>
        ) : null}
        {problem === null || nameFault !== undefined ? null : <ErrorPanel problem={problem} />}
        <div className="flex justify-end">
          <Button type="submit" look="primary" busy={restore.isPending}>{where === 'new' ? 'Restore to a new volume' : 'Restore in place'}</Button>
        </div>
      </form>
    </Dialog>
  )
}
