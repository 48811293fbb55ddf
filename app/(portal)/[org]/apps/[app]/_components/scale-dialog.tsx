'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import { MAX_REPLICAS } from '../../../../../../server/contract/app.ts'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { mib } from '../../../../../_lib/sizes.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { App } from '../../../../../_lib/wire.ts'
import { Button, IconButton } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { monthly } from '../../_components/new-app-form.tsx'

type ScaleDialogProps = { app: App; open: boolean; onOpenChange: (open: boolean) => void; onDone: (app: App) => void }

function ScaleForm({ app, onDone }: Pick<ScaleDialogProps, 'app' | 'onDone'>) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const [text, setText] = useState(String(Math.max(1, app.replicas.desired)))
  const estimate = useQuery(
    trpc.billing.estimate.queryOptions(
      { organization_id: org.id, vcpu: Number(app.resources.cpu), memory_mib: mib(app.resources.memory), replicas: 1 },
      { staleTime: 300_000 },
    ),
  )
  const scale = useMutation(trpc.apps.scale.mutationOptions({ onSuccess: onDone }))
  const replicas = Number(text)
  const valid = /^\d+$/.test(text) && replicas >= 1 && replicas <= MAX_REPLICAS
  const cost = monthly(estimate.data?.app ?? null, replicas)
  const problem = scale.error === null ? null : toProblem(scale.error)
  const step = (by: number) => setText(String(Math.min(MAX_REPLICAS, Math.max(1, (valid ? replicas : app.replicas.desired) + by))))
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (valid) scale.mutate({ organization_id: org.id, app_id: app.id, replicas })
      }}>
      <Field label="Instances" error={valid ? undefined : `Enter a number from 1 to ${MAX_REPLICAS}.`} required>
        {(control) => (
          <div className="flex items-center gap-1">
            <IconButton label="One less" disabled={replicas <= 1} onClick={() => step(-1)}>
              <Minus aria-hidden className="size-4" />
            </IconButton>
            <Input
              {...control}
              value={text}
              inputMode="numeric"
              autoComplete="off"
              className="w-20 text-center"
              onChange={(event) => setText(event.target.value.trim())}
            />
            <IconButton label="One more" disabled={replicas >= MAX_REPLICAS} onClick={() => step(1)}>
              <Plus aria-hidden className="size-4" />
            </IconButton>
          </div>
        )}
      </Field>
      {cost === null ? null : <p className="text-13 text-muted">About {cost} a month at this size, billed by the second.</p>}
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={scale.isPending} disabled={!valid || replicas === app.replicas.desired}>
          {replicas === app.replicas.desired || !valid
            ? `${plural(app.replicas.desired, 'instance')} now`
            : `Scale to ${plural(replicas, 'instance')}`}
        </Button>
      </div>
    </form>
  )
}

export function ScaleDialog({ app, open, onOpenChange, onDone }: ScaleDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Scale ${app.name}`}
      description="New instances take traffic only when they are healthy.">
      <ScaleForm app={app} onDone={onDone} />
    </Dialog>
  )
}
