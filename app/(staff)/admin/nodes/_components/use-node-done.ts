'use client'
import { useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { useTRPC } from '../../../../_lib/trpc.tsx'

/** After an act on a node: say so, read again, close the dialog. */
export function useNodeDone(onClose: () => void): (said: string) => void {
  const trpc = useTRPC()
  const client = useQueryClient()
  return (said) => {
    toast(said)
    void client.invalidateQueries({ queryKey: trpc.staff.pathKey() })
    onClose()
  }
}
