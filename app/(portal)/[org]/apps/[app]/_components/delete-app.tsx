'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { App } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'

export function DeleteApp({ app }: { app: App }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const remove = useMutation(
    trpc.apps.remove.mutationOptions({
      onSuccess: () => {
        toast(`Deletion of ${app.name} requested`)
        void client.invalidateQueries({ queryKey: trpc.apps.list.pathKey() })
        router.push(paths.apps(org.slug))
      },
    }),
  )
  const refused = refusedBecause(org, 'apps:write', app.id)
  return (
    <Section title="Danger">
      <Panel className="flex flex-wrap items-center justify-between gap-4 border-bad-border">
        <div className="min-w-0">
          <p className="font-strong">Delete this app</p>
          <p className="text-13 text-muted">
            {refused ?? 'Its instances, address, environment and logs go. Invoices keep what it cost.'}
          </p>
        </div>
        <Button look="danger" disabled={refused !== null} onClick={() => setOpen(true)}>
          Delete app
        </Button>
      </Panel>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${app.name}?`}
        action={`Delete ${app.name}`}
        danger
        typeName={app.name}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ organization_id: org.id, app_id: app.id })}>
        <p>
          {plural(app.replicas.current, 'instance')} {app.replicas.current === 1 ? 'stops' : 'stop'}
          {app.url === null ? (
            ''
          ) : (
            <>
              {' '}
              and <bdi className="break-all">{app.url}</bdi> answers no more
            </>
          )}
          . This cannot be undone.
        </p>
        <p>What it used until now is on the next invoice; nothing is charged after the last instance has stopped.</p>
        {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
      </ConfirmDialog>
    </Section>
  )
}
