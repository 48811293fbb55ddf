'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { requiredText } from '../../../../_lib/form-rules.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../_lib/use-problem.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { useRefreshDomains } from './use-refresh-domains.ts'
import { useServedApps } from './use-served-apps.ts'

const Schema = z.object({ hostname: requiredText('Enter a domain like shop.example.com.'), app_id: requiredText('Choose the app it leads to.') })

function AddForm({ onClose }: { onClose: () => void }) {
  const { org } = useOrg()
  const router = useRouter()
  const refresh = useRefreshDomains()
  const apps = useServedApps()
  const form = useForm({ resolver: zodResolver(Schema), defaultValues: { hostname: '', app_id: '' } })
  const { problem, fail, clear } = useProblem(form, ['hostname', 'app_id'])
  const add = useMutation(useTRPC().domains.add.mutationOptions({
    onError: fail,
    onSuccess: ({ id }) => {
      refresh()
      router.push(paths.domain(org.slug, id))
    },
  }))
  const { errors } = form.formState
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={form.handleSubmit((values) => {
        clear()
        add.mutate({ organization_id: org.id, ...values })
      })}>
      <Field label="Domain" hint="One name, or *.example.com for every name below it." error={errors.hostname?.message} required>
        {(control) => <Input {...control} {...form.register('hostname')} placeholder="shop.example.com" autoComplete="off" autoCapitalize="none" spellCheck={false} />}
      </Field>
      <Field label="App" hint="Only public apps with a port can be led to." error={errors.app_id?.message} required>
        {(control) => <Select {...control} {...form.register('app_id')} options={[{ value: '', label: apps.isPending ? 'Loading apps…' : 'Choose an app' }, ...apps.options]} />}
      </Field>
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={add.isPending}>
          Add and prove it
        </Button>
      </div>
    </form>
  )
}

export function AddDomainDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Add a domain" description="Next you get the DNS record that proves it is yours.">
      <AddForm onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}
