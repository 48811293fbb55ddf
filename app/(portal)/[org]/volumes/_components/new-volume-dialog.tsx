'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import type { VolumeMode } from '../../../../../server/contract/volume.ts'
import { ModeChoice } from './mode-choice.tsx'
import { useVolumeAct } from './use-volume-act.ts'
import { faultOf } from './words.ts'

const FIELDS = ['name', 'size', 'app_id', 'mount_path']

/** Apps of the organization to choose from; none is a choice too. */
export function useAppOptions(none: string) {
  const { org } = useOrg()
  const query = useQuery(useTRPC().apps.list.queryOptions({ organization_id: org.id, limit: 100, sort: 'name' }))
  return [{ value: '', label: none }, ...(query.data?.data ?? []).map((app) => ({ value: app.id, label: app.name }))]
}

function NewVolumeForm({ appId, onDone }: { appId: string; onDone: () => void }) {
  const { org } = useOrg()
  const router = useRouter()
  const done = useVolumeAct(onDone)
  const apps = useAppOptions('No app yet')
  const [form, setForm] = useState({ name: '', size: '1g', app: appId, path: '/data', encrypted: false, mode: 'pinned' as VolumeMode })
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change })
  const create = useMutation(useTRPC().volumes.create.mutationOptions({
    onSuccess: (volume) => {
      done(`${volume.name} is being made`)
      router.push(paths.volume(org.slug, volume.name))
    },
  }))
  const problem = create.error === null ? null : toProblem(create.error)
  const elsewhere = problem?.fields.every((fault) => !FIELDS.includes(fault.path)) ?? false
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        create.mutate({ organization_id: org.id, name: form.name.trim(), size: form.size.trim(), encrypted: form.encrypted, mode: form.mode, ...(form.app === '' ? {} : { app_id: form.app, mount_path: form.path.trim() }) })
      }}>
      <Field label="Name" required error={faultOf(problem, 'name')}>
        {(control) => <Input {...control} value={form.name} autoComplete="off" autoFocus placeholder="data" onChange={(event) => set({ name: event.target.value })} />}
      </Field>
      <Field label="Size" required hint="Up to 500g. It can grow while it is in use." error={faultOf(problem, 'size')}>
        {(control) => <Input {...control} value={form.size} autoComplete="off" className="w-32" onChange={(event) => set({ size: event.target.value })} />}
      </Field>
      <Field label="App" hint="A running app restarts with it. An app with a volume runs one instance." error={faultOf(problem, 'app_id')}>
        {(control) => <Select {...control} value={form.app} options={apps} onChange={(event) => set({ app: event.target.value })} />}
      </Field>
      {form.app === '' ? null : (
        <Field label="Mount path" required hint="Where the app finds it." error={faultOf(problem, 'mount_path')}>
          {(control) => <Input {...control} mono value={form.path} autoComplete="off" onChange={(event) => set({ path: event.target.value })} />}
        </Field>
      )}
      <Checkbox
        checked={form.encrypted}
        onChange={(encrypted) => set({ encrypted })}
        label="Encrypted"
        hint="Its node stores no plain byte of it. It takes its full size from the beginning and cannot be made smaller."
      />
      <ModeChoice value={form.mode} onChange={(mode) => set({ mode })} />
      {problem !== null && elsewhere ? <ErrorPanel problem={problem} /> : null}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={create.isPending} disabled={form.name.trim() === ''}>Create the volume</Button>
      </div>
    </form>
  )
}

/** `appId`: the app it is meant for. */
export function NewVolumeDialog({ open, onOpenChange, appId = '' }: { open: boolean; onOpenChange: (open: boolean) => void; appId?: string }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New volume" description="A disk whose files outlive instances, deployments and restarts.">
      <NewVolumeForm appId={appId} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}
