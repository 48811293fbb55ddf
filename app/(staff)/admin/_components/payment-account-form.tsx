'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { useProblem } from '../../../_lib/use-problem.ts'
import type { PaymentAccount, PaymentAccounts } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Input, Select } from '../../../_ui/inputs.tsx'
import { Panel } from '../../../_ui/page.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'
import { fromPercent, toPercent } from './share.ts'

const Share = z.string().refine((text) => fromPercent(text) !== null, 'A share from 0 to 100, as 5 or 7.5.')
const Schema = z.object({ provider: z.string(), account: z.string().trim().min(4, 'As the provider shows it.'), fee_share: Share })
type Values = z.infer<typeof Schema>

type AddProps = { brandId: string; providers: PaymentAccounts['providers']; first: boolean; account?: undefined; onDone?: undefined }
type ChangeProps = { brandId: string; account: PaymentAccount; onDone: () => void; providers?: undefined; first?: undefined }

/** Adds an account, or changes what stays here of an existing one. */
export function PaymentAccountForm({ brandId, providers, first, account, onDone }: AddProps | ChangeProps) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const form = useForm<Values>({
    resolver: zodResolver(Schema),
    defaultValues: { provider: account?.provider ?? providers?.[0]?.name ?? '', account: account?.account ?? '', fee_share: account === undefined ? '' : toPercent(account.fee_share) },
  })
  const { problem, fail, clear } = useProblem(form, Object.keys(Schema.shape))
  const saved = (text: string) => () => {
    toast(text)
    form.reset()
    onDone?.()
    void client.invalidateQueries({ queryKey: trpc.staff.paymentAccounts.pathKey() })
  }
  const add = useMutation(trpc.staff.addPaymentAccount.mutationOptions({ onError: fail, onSuccess: saved('Account added') }))
  const update = useMutation(trpc.staff.updatePaymentAccount.mutationOptions({ onError: fail, onSuccess: saved('Your part saved') }))
  const submit = form.handleSubmit((values) => {
    clear()
    const share = { brand_id: brandId, provider: values.provider, fee_share: fromPercent(values.fee_share) ?? '' }
    if (account === undefined) add.mutate({ ...share, account: values.account })
    else update.mutate({ ...share, if_match: account.etag })
  })
  const { errors } = form.formState
  const fields = (
    <form noValidate className="grid gap-4 sm:grid-cols-3" onSubmit={submit}>
      {first === true ? (
        <p className="text-14 text-muted sm:col-span-3">
          Payments come to your own account. Add the reseller&apos;s account, and what its customers pay goes there.
        </p>
      ) : null}
      {providers === undefined ? null : (
        <>
          <Field label="Provider" required error={errors.provider?.message}>
            {(control) => <Select {...control} {...form.register('provider')} options={providers.map(({ name, label }) => ({ value: name, label }))} />}
          </Field>
          <Field label="Account" required error={errors.account?.message} hint="Its name at the provider, as acct_1Abc or ACCT_abc.">
            {(control) => <Input {...control} {...form.register('account')} mono autoComplete="off" />}
          </Field>
        </>
      )}
      <Field label="Your part" required error={errors.fee_share?.message}>
        {(control) => <Input {...control} {...form.register('fee_share')} after="%" inputMode="decimal" autoComplete="off" />}
      </Field>
      {problem === null ? null : <ErrorPanel className="sm:col-span-3" problem={problem} />}
      <Button type="submit" className="w-max sm:col-span-3" busy={add.isPending || update.isPending}>
        {account === undefined ? 'Add account' : 'Save your part'}
      </Button>
    </form>
  )
  return account === undefined ? <Panel>{fields}</Panel> : <div className="mt-4 border-t border-line pt-4">{fields}</div>
}
