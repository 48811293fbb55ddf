'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Drain } from '../../../../../_lib/wire.ts'
import { IconButton } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Menu } from '../../../../../_ui/menu.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { DrainDialog } from './drain-dialog.tsx'

type Open = 'edit' | 'delete' | null

function useDrainActs(drain: Drain, onDone: () => void) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const refresh = () => void client.invalidateQueries(trpc.logDrains.pathFilter())
  const fail = (error: unknown) => void toast.error(toProblem(error).title)
  const test = useMutation(trpc.logDrains.test.mutationOptions({
    onError: fail,
    onSuccess: ({ ok, status, error, detail }) => {
      if (ok) toast(`The test line was taken: ${status}`)
      else toast.error(`Not taken: ${[status, detail ?? error].filter(Boolean).join(' ')}`)
    },
  }))
  const update = useMutation(trpc.logDrains.update.mutationOptions({ onError: fail, onSuccess: refresh }))
  const remove = useMutation(trpc.logDrains.remove.mutationOptions({
    onSuccess: () => {
      refresh()
      onDone()
    },
  }))
  const what = { organization_id: org.id, drain_id: drain.id }
  return {
    test: () => test.mutate(what), turn: (enabled: boolean) => update.mutate({ ...what, enabled }), remove: () => remove.mutate(what),
    removing: remove.isPending, removeError: remove.error,
  }
}

export function DrainMenu({ drain }: { drain: Drain }) {
  const { org } = useOrg()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const acts = useDrainActs(drain, close)
  const refused = refusedBecause(org, 'webhooks:write')
  return (
    <>
      <Menu
        label={`More for ${drain.name}`}
        trigger={
          <IconButton label={`More for ${drain.name}`}>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
        items={[
          { kind: 'act', label: 'Send a test line', disabled: refused, onSelect: acts.test },
          { kind: 'act', label: 'Change', disabled: refused, onSelect: () => setOpen('edit') },
          { kind: 'act', label: drain.enabled ? 'Disable' : 'Enable', disabled: refused, onSelect: () => acts.turn(!drain.enabled) },
          { kind: 'line' },
          { kind: 'act', label: 'Delete', danger: true, disabled: refused, onSelect: () => setOpen('delete') },
        ]}
      />
      <DrainDialog drain={drain} open={open === 'edit'} onOpenChange={close} />
      <ConfirmDialog
        open={open === 'delete'}
        onOpenChange={close}
        title="Delete this log drain?"
        action="Delete it"
        danger
        busy={acts.removing}
        onConfirm={acts.remove}>
        <p>
          Nothing more is sent to <bdi className="break-all">{drain.url}</bdi>, and how far it came is forgotten. Lines stay in the log.
        </p>
        {acts.removeError === null ? null : <ErrorPanel problem={toProblem(acts.removeError)} />}
      </ConfirmDialog>
    </>
  )
}
