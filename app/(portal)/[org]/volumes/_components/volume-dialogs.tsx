'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem, type Problem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { VolumeDetail } from '../../../../_lib/wire.ts'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { useAppOptions } from './new-volume-dialog.tsx'
import { useVolumeAct } from './use-volume-act.ts'
import { faultOf } from './words.ts'

export interface DialogProps { volume: VolumeDetail; onClose: () => void }

const problemOf = (error: unknown): Problem | null => (error === null ? null : toProblem(error))

export function AttachDialog({ volume, onClose }: DialogProps) {
  const { org } = useOrg()
  const done = useVolumeAct(onClose)
  const apps = useAppOptions('Choose an app')
  const [app, setApp] = useState('')
  const [path, setPath] = useState('/data')
  const [readOnly, setReadOnly] = useState(false)
  const attach = useMutation(useTRPC().volumes.attach.mutationOptions({ onSuccess: () => done(`${volume.name} is attached`) }))
  const problem = problemOf(attach.error)
  return (
    <FormDialog
      title={`Attach ${volume.name}`}
      description="A running app restarts with it; until then it does not answer."
      action="Attach"
      busy={attach.isPending}
      disabled={app === ''}
      error={attach.error}
      fields={['app_id', 'mount_path']}
      onClose={onClose}
      onSubmit={() => attach.mutate({ organization_id: org.id, volume_id: volume.id, app_id: app, mount_path: path.trim(), read_only: readOnly })}>
      <Field label="App" required error={faultOf(problem, 'app_id')}>
        {(control) => <Select {...control} value={app} options={apps} onChange={(event) => setApp(event.target.value)} />}
      </Field>
      <Field label="Mount path" required hint="Where the app finds it." error={faultOf(problem, 'mount_path')}>
        {(control) => <Input {...control} mono value={path} autoComplete="off" onChange={(event) => setPath(event.target.value)} />}
      </Field>
      <Checkbox checked={readOnly} onChange={setReadOnly} label="Read-only" hint="The app can read the files and change none." />
    </FormDialog>
  )
}

export function ResizeDialog({ volume, onClose }: DialogProps) {
  const { org } = useOrg()
  const done = useVolumeAct(onClose)
  const [size, setSize] = useState(volume.size)
  const resize = useMutation(useTRPC().volumes.resize.mutationOptions({ onSuccess: (result) => done(`${result.name} gets ${result.size}`) }))
  const problem = problemOf(resize.error)
  return (
    <FormDialog
      title={`Resize ${volume.name}`}
      description="It grows while the app runs. It shrinks only while detached, and never below what it holds."
      action="Resize"
      busy={resize.isPending}
      disabled={size.trim() === '' || size.trim() === volume.size}
      error={resize.error}
      fields={['size']}
      onClose={onClose}
      onSubmit={() => resize.mutate({ organization_id: org.id, volume_id: volume.id, size: size.trim() })}>
      <Field label="Size" required error={faultOf(problem, 'size')}>
        {(control) => <Input {...control} value={size} autoComplete="off" className="w-32" onChange={(event) => setSize(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

export function SnapshotDialog({ volume, onClose }: DialogProps) {
  const { org } = useOrg()
  const done = useVolumeAct(onClose)
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const take = useMutation(useTRPC().volumes.snapshot.mutationOptions({ onSuccess: () => done('The snapshot is being taken') }))
  const problem = problemOf(take.error)
  return (
    <FormDialog
      title={`Snapshot of ${volume.name}`}
      description="What the volume holds at this instant. The app goes on."
      action="Take the snapshot"
      busy={take.isPending}
      error={take.error}
      fields={['name', 'description']}
      onClose={onClose}
      onSubmit={() => take.mutate({ organization_id: org.id, volume_id: volume.id, ...(name.trim() === '' ? {} : { name: name.trim() }), description: description.trim() })}>
      <Field label="Name" hint="Without one it is named by the time." error={faultOf(problem, 'name')}>
        {(control) => <Input {...control} value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label="What for" error={faultOf(problem, 'description')}>
        {(control) => <Input {...control} value={description} autoComplete="off" placeholder="Before the upgrade to 2.0" onChange={(event) => setDescription(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

export function CloneDialog({ volume, onClose }: DialogProps) {
  const { org } = useOrg()
  const router = useRouter()
  const done = useVolumeAct(onClose)
  const [name, setName] = useState(`${volume.name.slice(0, 34)}-copy`)
  const clone = useMutation(useTRPC().volumes.clone.mutationOptions({
    onSuccess: (result) => {
      done(`${result.name} is being made`)
      router.push(paths.volume(org.slug, result.name))
    },
  }))
  const problem = problemOf(clone.error)
  return (
    <FormDialog
      title={`Clone ${volume.name}`}
      description="A new volume with what this one holds now. Afterwards neither knows of the other."
      action="Clone"
      busy={clone.isPending}
      disabled={name.trim() === ''}
      error={clone.error}
      fields={['name']}
      onClose={onClose}
      onSubmit={() => clone.mutate({ organization_id: org.id, volume_id: volume.id, name: name.trim() })}>
      <Field label="Name of the new volume" required error={faultOf(problem, 'name')}>
        {(control) => <Input {...control} value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}
