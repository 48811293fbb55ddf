'use client'
import { useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { useTRPC } from '../../../../../_lib/trpc.tsx'

/** Says it, reads lists and apps again, closes. */
export function useSaved(onClose: () => void) {
  const client = useQueryClient()
  const trpc = useTRPC()
  return (message: string) => {
    toast(message)
    void client.invalidateQueries({ queryKey: trpc.secrets.pathKey() })
    void client.invalidateQueries({ queryKey: trpc.apps.pathKey() })
    onClose()
  }
}
