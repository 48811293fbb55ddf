'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Button } from '../../../../../_ui/button.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'

/** Makes an invoice for the sum and leads to it: it is paid there like any other. */
export function BuyCredit({ currency }: { currency: string }) {
  const { org } = useOrg()
  const router = useRouter()
  const [amount, setAmount] = useState('')
  const buy = useMutation(
    useTRPC().credits.purchase.mutationOptions({ onSuccess: ({ invoice_id: id }) => router.push(paths.invoice(org.slug, id)) }),
  )
  const refused = refusedBecause(org, 'billing:pay')
  const problem = buy.error === null ? null : toProblem(buy.error)
  const fault = problem?.fields.find((field) => field.path === 'amount')
  return (
    <form
      noValidate
      className="mt-6 border-t border-line pt-5"
      onSubmit={(event) => {
        event.preventDefault()
        buy.mutate({ organization_id: org.id, amount: amount.trim() })
      }}>
      <div className="flex flex-wrap items-start gap-3">
        <Field
          label="Buy credit"
          hint={refused ?? 'Added when its invoice is paid. Tax is charged on the invoices it pays for, not on the credit.'}
          error={fault?.message}
          required
          className="w-full sm:w-72">
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              placeholder="50"
              before={currency}
              disabled={refused !== null}
              value={amount}
              onChange={(event) => {
                setAmount(event.target.value)
                buy.reset()
              }}
            />
          )}
        </Field>
        <Button
          type="submit"
          look="primary"
          className="sm:mt-6.5"
          disabled={refused !== null || amount.trim() === ''}
          busy={buy.isPending || buy.isSuccess}>
          Make the invoice
        </Button>
      </div>
      {problem === null || fault !== undefined ? null : <ErrorPanel className="mt-3" problem={problem} />}
    </form>
  )
}
