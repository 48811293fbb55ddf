'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Square } from 'lucide-react'
import { useState } from 'react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Deployment } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'

export function CancelDeployment({ deployment, first }: { deployment: Deployment; first: boolean }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const refresh = async (): Promise<void> => {
    setOpen(false)
    await Promise.all([client.invalidateQueries({ queryKey: trpc.deployments.pathKey() }), client.invalidateQueries({ queryKey: trpc.apps.pathKey() })])
  }
  const cancel = useMutation(trpc.deployments.cancel.mutationOptions({ onSuccess: refresh }))
  const refused = refusedBecause(org, 'apps:write', deployment.app_id)
  return (
    <>
      <Button disabled={refused !== null} title={refused ?? undefined} icon={<Square aria-hidden className="size-3.5" />} onClick={() => setOpen(true)}>Cancel</Button>
      <ConfirmDialog open={open} onOpenChange={setOpen} title={`Cancel release ${deployment.release}?`} action="Cancel the deployment" busy={cancel.isPending}
        onConfirm={() => cancel.mutate({ organization_id: org.id, deployment_id: deployment.id })}>
        <p>{first ? 'Nothing has served yet, so the app runs nothing afterwards.' : 'What served before is brought back to its full number; requests are answered all the time.'} The settings of the app stay as they were changed.</p>
        {cancel.error === null ? null : <ErrorPanel problem={toProblem(cancel.error)} />}
      </ConfirmDialog>
    </>
  )
}
