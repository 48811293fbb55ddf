'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { VolumeMode } from '../../../../../server/contract/volume.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { RadioCards } from '../../../../_ui/choices.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { useVolumeAct } from './use-volume-act.ts'
import type { DialogProps } from './volume-dialogs.tsx'

const OPTIONS = [
  { value: 'pinned', title: 'Pinned', detail: 'The app runs on, whatever the console can see. If the machine is lost, it stays down until the machine is back or the operator declares it dead.' },
  { value: 'strict', title: 'Strict', detail: 'The app stops by itself after 40 seconds without the console. If the machine is lost, its last backup can take over after 65 seconds, without the operator.' },
]

/** Which of two evils, when the machine of a volume is cut off. */
export function ModeChoice({ value, onChange }: { value: VolumeMode; onChange: (mode: VolumeMode) => void }) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-13 font-strong">When its machine is cut off</legend>
      <RadioCards label="When its machine is cut off" value={value} onChange={(mode) => onChange(mode === 'strict' ? 'strict' : 'pinned')} options={OPTIONS} columns="sm:grid-cols-2" />
    </fieldset>
  )
}

export function ModeDialog({ volume, onClose }: DialogProps) {
  const { org } = useOrg()
  const [mode, setMode] = useState(volume.mode)
  const done = useVolumeAct(onClose)
  const save = useMutation(useTRPC().volumes.setMode.mutationOptions({ onSuccess: (next) => done(`${next.name} is ${next.mode}`) }))
  return (
    <FormDialog
      title={`When the machine of ${volume.name} is cut off`} action="Save" busy={save.isPending} disabled={mode === volume.mode} error={save.error} fields={[]} onClose={onClose}
      description="Only one app may ever write to a volume. It applies at once; the app does not restart."
      onSubmit={() => save.mutate({ organization_id: org.id, volume_id: volume.id, mode })}>
      <ModeChoice value={mode} onChange={setMode} />
    </FormDialog>
  )
}
