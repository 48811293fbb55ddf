'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { StaffOrganization } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'
import { Badge } from '../../../_ui/status.tsx'

/** In production only trusted organizations may run on nodes that emulate the machine. */
export function TrustButton({ org }: { org: StaffOrganization }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const trust = useMutation(trpc.staff.trust.mutationOptions({
    onSuccess: () => {
      setOpen(false)
      void client.invalidateQueries({ queryKey: trpc.staff.pathKey() })
    },
  }))
  const set = (trusted: boolean) => trust.mutate({ organization_id: org.id, trusted })
  if (org.trusted) {
    return (
      <span className="inline-flex items-center gap-2">
        <Badge tone="attention">trusted</Badge>
        <Button size="sm" look="quiet" busy={trust.isPending} onClick={() => set(false)}>
          Withdraw
        </Button>
      </span>
    )
  }
  return (
    <>
      <Button size="sm" look="quiet" onClick={() => setOpen(true)}>
        Trust
      </Button>
      <ConfirmDialog
        open={open} onOpenChange={setOpen} title={`Trust ${org.name}?`} action="Trust it" busy={trust.isPending} onConfirm={() => set(true)}>
        Its code may then run on nodes that only emulate the machine. Emulation does not keep strangers apart: trust only people you know.
        {trust.error === null ? null : <ErrorPanel problem={toProblem(trust.error)} />}
      </ConfirmDialog>
    </>
  )
}
