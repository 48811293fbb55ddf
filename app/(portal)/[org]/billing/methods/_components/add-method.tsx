'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Button } from '../../../../../_ui/button.tsx'
import { Checkbox } from '../../../../../_ui/choices.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'

/** Leads to the provider's own page; this console never sees a card number. */
export function AddMethod({ autoPay, refused }: { autoPay: boolean; refused: string | null }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const [turnOn, setTurnOn] = useState(true)
  const providers = useQuery(trpc.paymentMethods.providers.queryOptions({ organization_id: org.id }))
  const start = useMutation(trpc.paymentMethods.startSetup.mutationOptions({ onSuccess: ({ url }) => window.location.assign(url) }))
  const rails = providers.data?.data ?? []
  if (providers.data !== undefined && rails.length === 0) {
    return <p className="text-14 text-muted">Cards are stored with a payment here: pay an invoice, and choose to save the card.</p>
  }
  return (
    <div className="flex flex-col gap-3">
      {autoPay ? null : <Checkbox checked={turnOn} onChange={setTurnOn} label="Pay invoices with it from now on" hint="You can switch this off below at any time." />}
      <div className="flex flex-wrap gap-2">
        {rails.map(({ provider, name }, index) => (
          <Button
            key={provider}
            look={index === 0 ? 'primary' : 'plain'}
            disabled={refused !== null || start.isPending || start.isSuccess}
            title={refused ?? undefined}
            busy={(start.isPending || start.isSuccess) && start.variables.provider === provider}
            onClick={() => start.mutate({ organization_id: org.id, provider, ...(autoPay ? {} : { auto_pay: turnOn }) })}>
            {rails.length === 1 ? 'Add a card' : `Add with ${name}`}
          </Button>
        ))}
      </div>
      {start.error === null ? null : <ErrorPanel problem={toProblem(start.error)} />}
    </div>
  )
}
