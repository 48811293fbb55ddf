'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { BackupBucket } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'

const FIELDS = [
  { name: 'endpoint', label: 'Address of the service', hint: 'As https://s3.eu-central-1.amazonaws.com', type: 'url', ofBucket: true },
  { name: 'region', label: 'Region', hint: 'us-east-1 where the service has none', type: 'text', ofBucket: true },
  { name: 'bucket', label: 'Bucket', hint: 'It must be there already', type: 'text', ofBucket: true },
  { name: 'access_key_id', label: 'Access key id', hint: undefined, type: 'text', ofBucket: false },
  { name: 'secret_access_key', label: 'Secret access key', hint: 'Stored encrypted and never shown again', type: 'password', ofBucket: false },
] as const
type Name = (typeof FIELDS)[number]['name']

/** A new bucket, or other keys for one. */
export function BucketDialog({ bucket, onClose }: { bucket: BackupBucket | null; onClose: () => void }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [values, setValues] = useState<Record<Name, string>>({ endpoint: '', region: 'us-east-1', bucket: '', access_key_id: '', secret_access_key: '' })
  const done = (): void => {
    toast(bucket === null ? 'The bucket is added. Try it.' : 'The keys are replaced. Try them.')
    void client.invalidateQueries({ queryKey: trpc.backups.pathKey() })
    onClose()
  }
  const add = useMutation(trpc.backups.addTarget.mutationOptions({ onSuccess: done }))
  const replace = useMutation(trpc.backups.replaceKeys.mutationOptions({ onSuccess: done }))
  const error = add.error ?? replace.error
  const problem = error === null ? null : toProblem(error)
  const shown = FIELDS.filter((field) => bucket === null || !field.ofBucket)
  const elsewhere = problem !== null && !problem.fields.some(({ path }) => shown.some(({ name }) => name === path))
  return (
    <Dialog open onOpenChange={onClose} title={bucket === null ? 'Add a bucket' : `Other keys for ${bucket.bucket}`}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const { access_key_id, secret_access_key, ...place } = values
          if (bucket === null) add.mutate({ organization_id: org.id, ...place, access_key_id, secret_access_key })
          else replace.mutate({ organization_id: org.id, target_id: bucket.id, access_key_id, secret_access_key })
        }}>
        {shown.map(({ name, label, hint, type }) => (
          <Field key={name} label={label} hint={hint} required error={problem?.fields.find(({ path }) => path === name)?.message}>
            {(control) => <Input {...control} type={type} autoComplete="off" value={values[name]} onChange={(event) => setValues({ ...values, [name]: event.target.value })} />}
          </Field>
        ))}
        {elsewhere ? <ErrorPanel problem={problem} /> : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={add.isPending || replace.isPending}>{bucket === null ? 'Add the bucket' : 'Replace the keys'}</Button>
        </div>
      </form>
    </Dialog>
  )
}
