'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { faultsOf } from './faults.ts'
import { LogDaysField } from './log-days-field.tsx'

export function CreatePlanDialog({ brandId, onClose }: { brandId: string; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const [form, setForm] = useState({ key: '', name: '', description: '', isPublic: true, logDays: '30' })
  const create = useMutation(
    trpc.catalogue.createPlan.mutationOptions({
      onSuccess: (plan) => {
        toast(`${plan.name} created; give it a price`)
        void client.invalidateQueries({ queryKey: trpc.catalogue.pathKey() })
        router.push(paths.adminNewPrice(plan.id))
      },
    }),
  )
  const faults = faultsOf(create.error)
  return (
    <Dialog open onOpenChange={onClose} title="New plan" description="It is sold where it has a price; prices come next.">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const { isPublic, logDays, ...input } = form
          create.mutate({ ...input, public: isPublic, log_retention_days: Number(logDays), ...(brandId === '' ? {} : { brand_id: brandId }) })
        }}>
        <Field label="Name" required error={faults.get('name')}>
          {(control) => <Input {...control} autoComplete="off" value={form.name} onChange={(event) => setForm({ ...form, name: event.target.value })} />}
        </Field>
        <Field label="Key" required hint="What the API and commands call it, like team" error={faults.get('key')}>
          {(control) => <Input {...control} mono autoComplete="off" spellCheck={false} value={form.key} onChange={(event) => setForm({ ...form, key: event.target.value.trim() })} />}
        </Field>
        <Field label="Description" error={faults.get('description')}>
          {(control) => <Input {...control} autoComplete="off" value={form.description} onChange={(event) => setForm({ ...form, description: event.target.value })} />}
        </Field>
        <LogDaysField value={form.logDays} fault={faults.get('log_retention_days')} onChange={(logDays) => setForm({ ...form, logDays })} />
        <Checkbox checked={form.isPublic} label="Customers may choose it themselves" onChange={(isPublic) => setForm({ ...form, isPublic })} />
        {create.error === null || faults.size > 0 ? null : <ErrorPanel problem={toProblem(create.error)} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={create.isPending} disabled={form.name.trim() === '' || form.key === ''}>
            Create the plan
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
