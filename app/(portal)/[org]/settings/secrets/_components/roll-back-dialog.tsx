'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { instant } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Secret } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { RadioCards } from '../../../../../_ui/choices.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { RedeployChoice } from './secret-fields.tsx'
import { useSaved } from './use-saved.ts'

export function RollBackDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { org } = useOrg()
  const saved = useSaved(onClose)
  const earlier = secret.versions.filter((version) => !version.current)
  const [version, setVersion] = useState(earlier[0]?.version ?? 0)
  const [redeploy, setRedeploy] = useState(false)
  const rollBack = useMutation(useTRPC().secrets.rollBack.mutationOptions({ onSuccess: (after) => saved(`${after.name} has the value of version ${version} again`) }))
  return (
    <Dialog open onOpenChange={onClose} title={`Roll back ${secret.name}`} description={`The value you choose becomes version ${secret.version + 1}.`}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          rollBack.mutate({ organization_id: org.id, secret_id: secret.id, version, redeploy })
        }}>
        <RadioCards
          label="Version"
          columns="grid-cols-1"
          value={String(version)}
          onChange={(chosen) => setVersion(Number(chosen))}
          options={earlier.map((one) => ({ value: String(one.version), title: `Version ${one.version}`, detail: `Set ${instant(one.created_at)}` }))}
        />
        <RedeployChoice users={secret.used_by} checked={redeploy} onChange={setRedeploy} />
        {rollBack.error === null ? null : <ErrorPanel problem={toProblem(rollBack.error)} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={rollBack.isPending} disabled={version === 0}>
            Roll back to version {version}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
