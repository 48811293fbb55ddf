'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { ROLES } from '../../../../../../server/contract/permission.ts'
import { requiredText } from '../../../../../_lib/form-rules.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { roleInput, roleKey } from '../../../../../_lib/roles.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { intoForm, useMeanwhile } from '../../../../../_lib/use-meanwhile.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { ServiceAccountInfo } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { RoleField } from '../../members/_components/role-field.tsx'

const Schema = z.object({ name: requiredText('Enter a name.'), role: z.string() })
const formOf = (account: ServiceAccountInfo) => ({ name: account.name, role: roleKey(account) })

export function AccountDialog({ account, onSaved, onClose }: { account: ServiceAccountInfo | null; onSaved: () => void; onClose: () => void }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const form = useForm<z.infer<typeof Schema>>({
    resolver: zodResolver(Schema),
    defaultValues: account === null ? { name: '', role: 'developer' } : formOf(account),
  })
  const { problem, fail, clear } = useProblem(form, ['name', 'role'], (path) => (path === 'role_id' ? 'role' : path))
  const client = useQueryClient()
  const meanwhile = useMeanwhile(account, {
    what: 'The service account', labels: { name: 'Name', role: 'Role' }, formOf, mine: form.getValues, take: intoForm(form),
    read: () => client.fetchQuery(trpc.serviceAccounts.get.queryOptions({ organization_id: org.id, service_account_id: account?.id ?? '' })),
  })
  const done = {
    onError: (error: unknown) => void (meanwhile.caught(error) || fail(error)),
    onSuccess: (saved: { name: string }) => {
      toast(`Service account ${saved.name} saved`)
      onSaved()
      onClose()
    },
  }
  const create = useMutation(trpc.serviceAccounts.create.mutationOptions(done))
  const update = useMutation(trpc.serviceAccounts.update.mutationOptions(done))
  const { errors } = form.formState
  return (
    <Dialog open onOpenChange={onClose} title={account === null ? 'New service account' : `Change ${account.name}`}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={form.handleSubmit(({ name, role }) => {
          clear()
          if (account === null) create.mutate({ organization_id: org.id, name, ...roleInput(role, ROLES) })
          else {
            const changed = role === roleKey(meanwhile.base ?? account) ? {} : roleInput(role, ROLES)
            update.mutate({ organization_id: org.id, service_account_id: account.id, if_match: meanwhile.ifMatch, name, ...changed })
          }
        })}>
        <Field label="Name" hint="What it does, like ci or backup." error={errors.name?.message} required>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="off" autoFocus />}
        </Field>
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => <RoleField value={field.value} onChange={field.onChange} error={errors.role?.message} />}
        />
        {problem === null ? null : <ErrorPanel problem={problem} />}
        {meanwhile.panel}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={create.isPending || update.isPending} disabled={meanwhile.isStale}>
            Save service account
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
