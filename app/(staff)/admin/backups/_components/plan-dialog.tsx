'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { BackupPlan } from '../../../../_lib/wire.ts'
import { RadioCards } from '../../../../_ui/choices.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'

const S3_FIELDS = [
  { name: 'endpoint', label: 'Address of the service', hint: 'As https://s3.eu-central-1.amazonaws.com', type: 'url', required: true },
  { name: 'region', label: 'Region', hint: 'us-east-1 where the service has none', type: 'text', required: true },
  { name: 'bucket', label: 'Bucket', hint: 'It must be there already', type: 'text', required: true },
  { name: 'prefix', label: 'Folder in it', hint: 'Ends with a slash, as shellwego/', type: 'text', required: false },
  { name: 'access_key_id', label: 'Access key id', hint: undefined, type: 'text', required: true },
  { name: 'secret_access_key', label: 'Secret access key', hint: 'Stored encrypted and never shown again', type: 'password', required: true },
] as const
type Name = (typeof S3_FIELDS)[number]['name']

const HOURS = [{ value: '', label: 'By hand only' }, ...Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `Each day at ${String(hour).padStart(2, '0')}:00 UTC` }))]
const KEPT = [['daily', 'Days'], ['weekly', 'Weeks'], ['monthly', 'Months']] as const

const started = (plan: BackupPlan): Record<Name, string> => {
  const place = plan.place?.kind === 's3' ? plan.place : null
  return {
    endpoint: place?.endpoint ?? '', region: place?.region ?? 'us-east-1', bucket: place?.bucket ?? '', prefix: place?.prefix ?? '', access_key_id: place?.access_key_id ?? '',
    secret_access_key: '',
  }
}

/** Folder or bucket, hour, and how many are kept. */
export function PlanDialog({ plan, onClose }: { plan: BackupPlan; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [kind, setKind] = useState<string>(plan.place?.kind ?? 'folder')
  const [path, setPath] = useState(plan.place?.kind === 'folder' ? plan.place.path : '')
  const [values, setValues] = useState(started(plan))
  const [hour, setHour] = useState(plan.place === null ? '3' : plan.hour === null ? '' : String(plan.hour))
  const [keep, setKeep] = useState<Record<'daily' | 'weekly' | 'monthly', string>>({ daily: String(plan.keep.daily), weekly: String(plan.keep.weekly), monthly: String(plan.keep.monthly) })
  const save = useMutation(trpc.portalBackups.setPlan.mutationOptions({
    onSuccess: () => {
      toast('Saved. Try it, then back up once by hand.')
      void client.invalidateQueries({ queryKey: trpc.portalBackups.pathKey() })
      onClose()
    },
  }))
  const faults = save.error === null ? [] : toProblem(save.error).fields
  const faultOf = (name: string): string | undefined => faults.find((fault) => fault.path === name || fault.path.endsWith(`.${name}`) || fault.path.endsWith(`/${name}`))?.message
  const { secret_access_key: secret, ...place } = values
  return (
    <FormDialog
      title="Where backups go" description="On another disk, better on another machine: what is lost with this one is no backup." action="Save" busy={save.isPending} error={save.error}
      fields={faults.map((fault) => fault.path)} onClose={onClose}
      onSubmit={() => save.mutate({
        place: kind === 'folder' ? { kind: 'folder', path } : { kind: 's3', ...place, ...(secret === '' ? {} : { secret_access_key: secret }) },
        hour: hour === '' ? null : Number(hour), keep: { daily: Number(keep.daily), weekly: Number(keep.weekly), monthly: Number(keep.monthly) },
      })}>
      <RadioCards
        label="Kind of place" value={kind} onChange={setKind} columns="sm:grid-cols-2"
        options={[{ value: 'folder', title: 'Folder', detail: 'A mounted disk or share' }, { value: 's3', title: 'Bucket', detail: 'Anything that speaks S3' }]}
      />
      {kind === 'folder' ? (
        <Field label="Folder" hint="Made when it is not there; outside the data folder" required error={faultOf('path')}>
          {(control) => <Input {...control} mono autoComplete="off" placeholder="/mnt/backups" value={path} onChange={(event) => setPath(event.target.value)} />}
        </Field>
      ) : (
        S3_FIELDS.map(({ name, label, hint, type, required }) => (
          <Field key={name} label={label} hint={name === 'secret_access_key' && plan.place?.kind === 's3' ? 'Left empty, the present one stays' : hint} required={required} error={faultOf(name)}>
            {(control) => <Input {...control} type={type} autoComplete="off" value={values[name]} onChange={(event) => setValues({ ...values, [name]: event.target.value })} />}
          </Field>
        ))
      )}
      <Field label="When" required error={faultOf('hour')}>
        {(control) => <Select {...control} options={HOURS} value={hour} onChange={(event) => setHour(event.target.value)} />}
      </Field>
      <fieldset className="grid grid-cols-3 gap-3">
        <legend className="mb-1.5 text-13 font-strong">Kept of each</legend>
        {KEPT.map(([name, label]) => (
          <Field key={name} label={label} required error={faultOf(name)}>
            {(control) => <Input {...control} type="number" min={0} value={keep[name]} onChange={(event) => setKeep({ ...keep, [name]: event.target.value })} />}
          </Field>
        ))}
      </fieldset>
    </FormDialog>
  )
}
