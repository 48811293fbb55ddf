'use client'
import { useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { useTRPC } from '../../../../_lib/trpc.tsx'

/** What follows every act on a volume: a word about it, and the pages read anew. */
export function useVolumeAct(onDone: () => void) {
  const trpc = useTRPC()
  const client = useQueryClient()
  return (said: string) => {
    toast(said)
    void client.invalidateQueries({ queryKey: trpc.volumes.pathKey() })
    void client.invalidateQueries({ queryKey: trpc.backups.pathKey() })
    onDone()
  }
}
