'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { EnvName } from '../../../../../../server/contract/app.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { AppDetail } from '../../../../../_lib/wire.ts'
import { Button, ButtonLink } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input, Select } from '../../../../../_ui/inputs.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { useSaved } from '../../../settings/secrets/_components/use-saved.ts'

const Schema = z.object({ secret: z.string().min(1, 'Choose a secret.'), name: z.union([z.literal(''), EnvName]) })
type Values = z.infer<typeof Schema>

function ReferenceForm({ app, names, onClose }: { app: AppDetail; names: readonly string[]; onClose: () => void }) {
  const { org } = useOrg()
  const saved = useSaved(onClose)
  const form = useForm<Values>({ resolver: zodResolver(Schema), defaultValues: { secret: names[0] ?? '', name: '' } })
  const variable = (): string => form.getValues('name') || form.getValues('secret')
  const { problem, fail, clear } = useProblem(form, ['secret', 'name'], (path) => (path.startsWith('env') ? 'name' : path))
  const update = useMutation(useTRPC().apps.update.mutationOptions({ onError: fail, onSuccess: () => saved('The app uses it from this deployment on') }))
  const { errors } = form.formState
  const submit = form.handleSubmit(({ secret }) => {
    clear()
    update.mutate({ organization_id: org.id, app_id: app.id, env: { [variable()]: { from_secret: secret } } })
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
      <Field label="Secret" error={errors.secret?.message} required>
        {(control) => <Select {...control} {...form.register('secret')} options={names.map((name) => ({ value: name, label: name }))} />}
      </Field>
      <Field label="Variable" hint="Its own name, if you leave this empty." error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} mono spellCheck={false} autoComplete="off" autoCapitalize="off" />}
      </Field>
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={update.isPending}>
          Use and deploy
        </Button>
      </div>
    </form>
  )
}

export function ReferenceDialog({ app, onClose }: { app: AppDetail; onClose: () => void }) {
  const { org } = useOrg()
  const query = useQuery(useTRPC().secrets.list.queryOptions({ organization_id: org.id, limit: 100, filter: { scope: 'organization' } }))
  return (
    <Dialog open onOpenChange={onClose} title="Use a secret of the organization" description="The app gets its newest version with every deployment.">
      <Load query={query} skeleton={<PanelSkeleton label="Loading secrets" className="h-32" />}>
        {({ data }) =>
          data.length === 0 ? (
            <div className="flex flex-col items-start gap-3 text-14 text-muted">
              <p>The organization has no secrets yet.</p>
              <ButtonLink href={paths.secrets(org.slug)}>Add one</ButtonLink>
            </div>
          ) : (
            <ReferenceForm app={app} names={data.map((secret) => secret.name)} onClose={onClose} />
          )
        }
      </Load>
    </Dialog>
  )
}
