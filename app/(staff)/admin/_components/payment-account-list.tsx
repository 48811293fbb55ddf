'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { instant } from '../../../_lib/format.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { PaymentAccount, PaymentAccounts } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Code } from '../../../_ui/copy.tsx'
import { ConfirmDialog } from '../../../_ui/dialog.tsx'
import { Load } from '../../../_ui/load.tsx'
import { Panel } from '../../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../_ui/states.tsx'
import { PaymentAccountForm } from './payment-account-form.tsx'
import { toPercent } from './share.ts'

const labelOf = (providers: PaymentAccounts['providers'], name: string): string => providers.find((one) => one.name === name)?.label ?? name

export function PaymentAccountList({ brandId, reseller }: { brandId: string; reseller: string }) {
  const trpc = useTRPC()
  const accounts = useQuery(trpc.staff.paymentAccounts.queryOptions({ brand_id: brandId }))
  return (
    <Load query={accounts} skeleton={<PanelSkeleton label="Loading payment accounts" />}>
      {({ data, providers }) => {
        const free = providers.filter(({ name }) => data.every((account) => account.provider !== name))
        return (
          <div className="flex flex-col gap-4">
            {data.map((account) => (
              <AccountRow key={account.provider} account={account} label={labelOf(providers, account.provider)} reseller={reseller} />
            ))}
            {data.length === 0 && free.length === 0 ? (
              <Panel>
                <p className="text-14 text-muted">No payment provider is set up that can share a payment. Payments come to your own account.</p>
              </Panel>
            ) : null}
            {free.length === 0 ? null : <PaymentAccountForm brandId={brandId} providers={free} first={data.length === 0} />}
          </div>
        )
      }}
    </Load>
  )
}

function AccountRow({ account, label, reseller }: { account: PaymentAccount; label: string; reseller: string }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [change, setChange] = useState<'share' | 'remove' | null>(null)
  const remove = useMutation(
    trpc.staff.removePaymentAccount.mutationOptions({
      onSuccess: () => {
        toast(`${label} account removed`)
        setChange(null)
        void client.invalidateQueries({ queryKey: trpc.staff.paymentAccounts.pathKey() })
      },
    }),
  )
  return (
    <Panel>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex min-w-0 flex-col gap-1">
          <p className="text-14 font-strong">{label}</p>
          <Code copy>{account.account}</Code>
          <p className="text-13 text-muted">
            {toPercent(account.fee_share)} % of each payment stays with you. Since {instant(account.created_at)}.
          </p>
        </div>
        <div className="flex gap-2">
          <Button onClick={() => setChange(change === 'share' ? null : 'share')} aria-expanded={change === 'share'}>
            Change your part
          </Button>
          <Button look="danger" onClick={() => setChange('remove')}>
            Remove
          </Button>
        </div>
      </div>
      {change === 'share' ? <PaymentAccountForm key={account.etag} brandId={account.brand_id} account={account} onDone={() => setChange(null)} /> : null}
      <ConfirmDialog
        open={change === 'remove'}
        onOpenChange={() => setChange(null)}
        title={`Remove the ${label} account?`}
        action="Remove the account"
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ brand_id: account.brand_id, provider: account.provider })}>
        <p>
          Payments of {reseller}&apos;s invoices come to your own account from then on. Those already begun still go to <Code>{account.account}</Code>.
        </p>
        {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
      </ConfirmDialog>
    </Panel>
  )
}
