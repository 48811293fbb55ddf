'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { PaymentSettings } from '../../../../../_lib/wire.ts'

/** Saves one thing of the settings, against the version this page shows. */
export const useSaveSettings = (settings: PaymentSettings, said: string) => {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const save = useMutation(
    trpc.paymentMethods.setSettings.mutationOptions({
      onSuccess: (data) => {
        toast(said)
        client.setQueryData(trpc.paymentMethods.settings.queryKey({ organization_id: org.id }), data)
      },
      onError: () => void client.invalidateQueries({ queryKey: trpc.paymentMethods.settings.pathKey() }),
    }),
  )
  return { save, base: { organization_id: org.id, if_match: settings.etag } }
}
