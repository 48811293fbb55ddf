'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { money, plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Redemption } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'

export const discountOf = ({ type, value, currency }: Pick<Redemption, 'type' | 'value' | 'currency'>): string =>
  type === 'percent' ? `${value} % off` : `${currency ?? ''} ${value} off`

const leftOf = (one: Redemption): string => {
  if (!one.active) return one.ended_at === null ? 'used up' : 'removed'
  return one.periods_left === null ? 'every invoice' : `${plural(one.periods_left, 'more invoice')}`
}

function RedeemForm() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [code, setCode] = useState('')
  const redeem = useMutation(
    trpc.credits.redeem.mutationOptions({
      onSuccess: (coupon) => {
        setCode('')
        toast(`${coupon.name}: ${discountOf(coupon)}`)
        void client.invalidateQueries({ queryKey: trpc.credits.pathKey() })
        void client.invalidateQueries({ queryKey: trpc.billing.pathKey() })
      },
    }),
  )
  const refused = refusedBecause(org, 'billing:write')
  const problem = redeem.error === null ? null : toProblem(redeem.error)
  const fault = problem?.fields.find((field) => field.path === 'code')
  return (
    <form
      noValidate
      className="mb-4 flex flex-wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        redeem.mutate({ organization_id: org.id, code })
      }}>
      <Field label="Coupon code" hint={refused ?? undefined} error={fault?.message} required className="w-full sm:w-72">
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            mono
            disabled={refused !== null}
            value={code}
            onChange={(event) => {
              setCode(event.target.value)
              redeem.reset()
            }}
          />
        )}
      </Field>
      <Button type="submit" className="sm:mt-6.5" disabled={refused !== null || code.trim() === ''} busy={redeem.isPending}>
        Redeem
      </Button>
      {problem === null || fault !== undefined ? null : <ErrorPanel className="w-full" problem={problem} />}
    </form>
  )
}

function RemoveButton({ coupon }: { coupon: Redemption }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const remove = useMutation(
    trpc.credits.removeCoupon.mutationOptions({
      onSuccess: () => {
        setOpen(false)
        void client.invalidateQueries({ queryKey: trpc.credits.pathKey() })
        void client.invalidateQueries({ queryKey: trpc.billing.pathKey() })
      },
    }),
  )
  return (
    <>
      <Button size="sm" look="quiet" className="h-7" aria-label={`Remove ${coupon.code}`} onClick={() => setOpen(true)}>
        Remove
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Remove ${coupon.code}?`}
        action="Remove coupon"
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ organization_id: org.id, redemption_id: coupon.id })}>
        <p>Later invoices will be {discountOf(coupon).replace(' off', '')} dearer. It stays counted as redeemed, and may not be open to you again.</p>
        {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
      </ConfirmDialog>
    </>
  )
}

export function Coupons() {
  const { org } = useOrg()
  const query = useQuery(useTRPC().credits.coupons.queryOptions({ organization_id: org.id }))
  const mayChange = refusedBecause(org, 'billing:write') === null
  const columns: ReadonlyArray<Column<Redemption>> = [
    { id: 'name', title: 'Coupon', cell: (row) => <bdi className="font-strong">{row.name}</bdi> },
    { id: 'code', title: 'Code', cell: (row) => <code className="text-13">{row.code}</code> },
    { id: 'discount', title: 'Discount', cell: discountOf },
    { id: 'left', title: 'Good for', cell: (row) => <Status tone={row.active ? 'good' : 'idle'} word={leftOf(row)} /> },
    { id: 'saved', title: 'Saved so far', align: 'end', cell: (row) => row.discounted.map(money).join(', ') || '0' },
    { id: 'act', title: '', align: 'end', cell: (row) => (mayChange && row.active ? <RemoveButton coupon={row} /> : null) },
  ]
  return (
    <Section title="Coupons">
      <RedeemForm />
      <Load query={query} skeleton={<TableSkeleton rows={1} label="Loading coupons" />}>
        {({ data }) => (data.length === 0 ? null : <Table caption="Redeemed coupons" columns={columns} rows={data} rowKey={(row) => row.id} />)}
      </Load>
    </Section>
  )
}
