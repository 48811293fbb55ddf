'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../../_lib/trpc.tsx'

/** After a change everything about domains is read again. */
export function useRefreshDomains(): () => void {
  const client = useQueryClient()
  const trpc = useTRPC()
  return () => void client.invalidateQueries({ queryKey: trpc.domains.pathKey() })
}
