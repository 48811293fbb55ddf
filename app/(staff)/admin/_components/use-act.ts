'use client'
import { useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'

/** After an act about money: say so, read again what it may have changed, close the dialog. */
export function useDone(onClose: () => void): (said: string) => void {
  const trpc = useTRPC()
  const client = useQueryClient()
  return (said) => {
    toast(said)
    for (const part of [trpc.staffPayments, trpc.reconciliation, trpc.staffInvoices,
      trpc.staff.invoices]) void client.invalidateQueries({ queryKey: part.pathKey() })
    onClose()
  }
}

/** What a field of a form was refused for. */
export const faultOf = (error: unknown, name: string): string | undefined =>
  error === null || error === undefined ? undefined : toProblem(error).fields.find((fault) => fault.path === name)?.message
