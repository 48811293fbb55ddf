'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { App } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input, Select } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { STRATEGY_CARDS, strategyWord } from './strategy-values.ts'

type RedeployDialogProps = { app: App; open: boolean; onOpenChange: (open: boolean) => void; onDone: (deploymentId: string) => void }

function RedeployForm({ app, onDone }: Pick<RedeployDialogProps, 'app' | 'onDone'>) {
  const { org } = useOrg()
  const [image, setImage] = useState(app.image)
  const [strategy, setStrategy] = useState('')
  const redeploy = useMutation(useTRPC().apps.deploy.mutationOptions({ onSuccess: ({ deployment_id }) => onDone(deployment_id) }))
  const problem = redeploy.error === null ? null : toProblem(redeploy.error)
  const type = STRATEGY_CARDS.find((card) => card.value === strategy)?.value
  const ofStrategy = problem?.fields.find((fault) => fault.path.startsWith('strategy'))?.message
  const ofField = problem?.fields.find((fault) => fault.path === 'image')?.message
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        redeploy.mutate({
          organization_id: org.id,
          app_id: app.id,
          ...(image.trim() === app.image ? {} : { image: image.trim() }),
          ...(type === undefined ? {} : { strategy: { type } }),
        })
      }}>
      <Field
        label="Image"
        hint="Leave it to pull the same reference again."
        error={image.trim() === '' ? 'Give an image.' : ofField}
        required>
        {(control) => (
          <Input
            {...control}
            mono
            value={image}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            onChange={(event) => setImage(event.target.value)}
          />
        )}
      </Field>
      <Field label="How it takes over" error={ofStrategy} required>
        {(control) => (
          <Select
            {...control}
            value={strategy}
            onChange={(event) => setStrategy(event.target.value)}
            options={[
              { value: '', label: `As the app is set: ${strategyWord(app.strategy.type)}` },
              ...STRATEGY_CARDS.filter((card) => card.value !== app.strategy.type).map((card) => ({ value: card.value, label: `${card.title}, this time` })),
            ]}
          />
        )}
      </Field>
      {problem === null || ofField !== undefined || ofStrategy !== undefined ? null : <ErrorPanel problem={problem} />}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={redeploy.isPending} disabled={image.trim() === ''}>
          Deploy {plural(Math.max(1, app.replicas.desired), 'instance')}
        </Button>
      </div>
    </form>
  )
}

export function RedeployDialog({ app, open, onOpenChange, onDone }: RedeployDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Redeploy ${app.name}`}
      description="The present release keeps serving until the new one is healthy. The price does not change.">
      <RedeployForm app={app} onDone={onDone} />
    </Dialog>
  )
}
