'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { plural } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'

export function RebuildButton() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const rebuild = useMutation(
    trpc.books.rebuild.mutationOptions({
      onSuccess: ({ accounts, entries, differences }) => {
        setOpen(false)
        const of = `${plural(accounts, 'balance')} from ${plural(entries, 'entry', 'entries')}`
        if (differences.length === 0) toast(`Rebuilt ${of}: all were right`)
        else toast.error(`Rebuilt ${of}: ${plural(differences.length, 'balance')} had been wrong`)
        void client.invalidateQueries({ queryKey: trpc.books.pathKey() })
      },
    }),
  )
  return (
    <>
      <Button onClick={() => setOpen(true)}>Rebuild balances</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Rebuild the balances?"
        action="Rebuild balances"
        busy={rebuild.isPending}
        onConfirm={() => rebuild.mutate({})}>
        <p>Every balance is made anew from the entries and compared with the stored one. Invoices and payments wait meanwhile, a few seconds at most.</p>
        {rebuild.error === null ? null : <ErrorPanel problem={toProblem(rebuild.error)} />}
      </ConfirmDialog>
    </>
  )
}
