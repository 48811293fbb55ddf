'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { INVITABLE_ROLES } from '../../../../../../server/contract/member.ts'
import { emailRule } from '../../../../../_lib/form-rules.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { roleInput } from '../../../../../_lib/roles.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input, Select } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { AppChoice } from './app-choice.tsx'
import { RoleField } from './role-field.tsx'
import { useRefreshMembers } from './use-members.ts'

const periods = [
  { value: '24h', label: '24 hours' },
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
] as const

const Schema = z.object({
  email: emailRule,
  role: z.string(),
  app_ids: z.array(z.string()).min(1, 'Choose at least one app.').nullable(),
  expires_in: z.enum(periods.map((one) => one.value)),
})
type Values = z.input<typeof Schema>

function InviteForm({ onClose }: { onClose: () => void }) {
  const { org } = useOrg()
  const refresh = useRefreshMembers()
  const form = useForm<Values, unknown, z.output<typeof Schema>>({
    resolver: zodResolver(Schema),
    defaultValues: { email: '', role: 'developer', app_ids: null, expires_in: '7d' },
  })
  const { problem, fail, clear } = useProblem(form, ['email', 'role', 'app_ids', 'expires_in'], (path) => (path === 'role_id' ? 'role' : path))
  const invite = useMutation(
    useTRPC().invitations.create.mutationOptions({
      onError: fail,
      onSuccess: ({ email }) => {
        toast(`Invitation sent to ${email}`)
        refresh()
        onClose()
      },
    }),
  )
  const { errors } = form.formState
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={form.handleSubmit(({ email, role, app_ids: appIds, expires_in }) => {
        clear()
        invite.mutate({ organization_id: org.id, email, ...roleInput(role, INVITABLE_ROLES), app_ids: appIds ?? [], expires_in })
      })}>
      <Field label="E-mail" hint="Only an account of this address can accept." error={errors.email?.message} required>
        {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="off" autoFocus />}
      </Field>
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => <RoleField value={field.value} onChange={field.onChange} error={errors.role?.message} />}
      />
      <Controller
        control={form.control}
        name="app_ids"
        render={({ field }) => (
          <AppChoice value={field.value} onChange={(next) => field.onChange(next === null ? null : [...next])} error={errors.app_ids?.message} />
        )}
      />
      <Field label="Open for" error={errors.expires_in?.message} required>
        {(control) => <Select {...control} {...form.register('expires_in')} options={periods} />}
      </Field>
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={invite.isPending}>
          Send invitation
        </Button>
      </div>
    </form>
  )
}

export function InviteDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Invite somebody" description="They get a mail with a link that works once.">
      <InviteForm onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}
