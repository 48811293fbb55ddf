'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Secret } from '../../../../../_lib/wire.ts'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { RedeployChoice } from './secret-fields.tsx'
import { useSaved } from './use-saved.ts'

export function DeleteSecretDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { org } = useOrg()
  const saved = useSaved(onClose)
  const [redeploy, setRedeploy] = useState(false)
  const remove = useMutation(useTRPC().secrets.remove.mutationOptions({ onSuccess: () => saved(`${secret.name} deleted`) }))
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${secret.name}?`}
      action="Delete secret"
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ organization_id: org.id, secret_id: secret.id, redeploy })}>
      <p>All its versions go; this cannot be undone. Instances that run now keep it until they are replaced.</p>
      {secret.scope === 'organization' ? <p>It can be deleted when no app refers to it.</p> : <RedeployChoice users={secret.used_by} checked={redeploy} onChange={setRedeploy} />}
      {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
    </ConfirmDialog>
  )
}
