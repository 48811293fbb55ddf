'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { PermissionName, type Permission } from '../../../../../../server/contract/permission.ts'
import { plural } from '../../../../../_lib/format.ts'
import { requiredText } from '../../../../../_lib/form-rules.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { permissionGroups, permissionWords } from '../../../../../_lib/permission-words.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { intoForm, useMeanwhile } from '../../../../../_lib/use-meanwhile.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { RoleInfo } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Checkbox } from '../../../../../_ui/choices.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field, Fieldset } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'

const Schema = z.object({
  name: requiredText('Enter a name.'),
  description: z.string(),
  permissions: z.array(PermissionName).min(1, 'Choose at least one permission.'),
})
type Values = z.infer<typeof Schema>
const LABELS = { name: 'Name', description: 'What it is for', permissions: 'Permissions' }
const formOf = ({ name, description, permissions }: RoleInfo): Values => ({ name, description, permissions })
const show = (name: keyof Values, value: unknown): string => (name === 'permissions' ? (value as Permission[]).map((one) => permissionWords[one]).join(', ') : String(value))

type PermissionsProps = { value: readonly Permission[]; onChange: (value: Permission[]) => void; error?: string | undefined }

function Permissions({ value, onChange, error }: PermissionsProps) {
  const { org } = useOrg()
  return (
    <Fieldset legend="Permissions" error={error}>
      <div className="grid gap-4 sm:grid-cols-2">
        {permissionGroups.map((group) => (
          <div key={group.title} className="flex flex-col gap-2">
            <p className="text-12 text-muted">{group.title}</p>
            {group.permissions.map((permission) => {
              const mine = org.permissions.includes(permission)
              return (
                <Checkbox
                  key={permission}
                  checked={value.includes(permission)}
                  disabled={!mine}
                  label={permissionWords[permission]}
                  hint={mine ? undefined : 'You may not do this yourself.'}
                  onChange={(on) => onChange(on ? [...value, permission] : value.filter((one) => one !== permission))}
                />
              )
            })}
          </div>
        ))}
      </div>
    </Fieldset>
  )
}

export function RoleDialog({ role, onClose }: { role: RoleInfo | null; onClose: () => void }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const form = useForm<Values>({
    resolver: zodResolver(Schema),
    defaultValues: role === null ? { name: '', description: '', permissions: ['org:read', 'apps:read'] } : formOf(role),
  })
  const { problem, fail, clear } = useProblem(form, ['name', 'description', 'permissions'])
  const meanwhile = useMeanwhile(role, {
    what: 'The role', labels: LABELS, formOf, show, mine: form.getValues, take: intoForm(form),
    read: () => client.fetchQuery(trpc.roles.get.queryOptions({ organization_id: org.id, role_id: role?.id ?? '' })),
  })
  const done = {
    onError: (error: unknown) => void (meanwhile.caught(error) || fail(error)),
    onSuccess: (saved: RoleInfo) => {
      toast(`Role ${saved.name} saved`)
      void client.invalidateQueries({ queryKey: trpc.roles.pathKey() })
      onClose()
    },
  }
  const create = useMutation(trpc.roles.create.mutationOptions(done))
  const update = useMutation(trpc.roles.update.mutationOptions(done))
  const { errors } = form.formState
  return (
    <Dialog open onOpenChange={onClose} title={role === null ? 'New role' : `Change ${role.name}`}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={form.handleSubmit((values) => {
          clear()
          if (role === null) create.mutate({ organization_id: org.id, ...values })
          else update.mutate({ organization_id: org.id, role_id: role.id, if_match: meanwhile.ifMatch, ...values })
        })}>
        <Field label="Name" error={errors.name?.message} required>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="off" autoFocus />}
        </Field>
        <Field label="What it is for" error={errors.description?.message}>
          {(control) => <Input {...control} {...form.register('description')} autoComplete="off" />}
        </Field>
        <Controller
          control={form.control}
          name="permissions"
          render={({ field }) => <Permissions value={field.value} onChange={field.onChange} error={errors.permissions?.message} />}
        />
        {role === null || role.holders === 0 ? null : (
          <Banner tone="attention">{plural(role.holders, 'holder')} of this role may do what you choose here at once.</Banner>
        )}
        {problem === null ? null : <ErrorPanel problem={problem} />}
        {meanwhile.panel}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={create.isPending || update.isPending} disabled={meanwhile.isStale}>
            Save role
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
