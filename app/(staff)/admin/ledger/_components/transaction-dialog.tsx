'use client'
import { useQuery } from '@tanstack/react-query'
import { instant } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { LedgerLine } from '../../../../_lib/wire.ts'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { KeyValue } from '../../../../_ui/page.tsx'
import { TableSkeleton } from '../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { accountName } from './trial-balance.tsx'

const columns: ReadonlyArray<Column<LedgerLine>> = [
  { id: 'account', title: 'Account', cell: (row) => accountName(row.account) },
  { id: 'debit', title: 'Debit', align: 'end', cell: (row) => (row.amount.amount > 0 ? <Money value={row.amount} /> : null) },
  {
    id: 'credit',
    title: 'Credit',
    align: 'end',
    cell: (row) => (row.amount.amount < 0 ? <Money value={{ amount: -row.amount.amount, currency: row.amount.currency }} /> : null),
  },
]

export function TransactionDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(useTRPC().books.transaction.queryOptions({ transaction_id: id }))
  return (
    <Dialog open onOpenChange={onClose} title={query.data?.description ?? 'Transaction'}>
      <Load query={query} skeleton={<TableSkeleton rows={3} label="Loading the transaction" />}>
        {(transaction) => (
          <div className="flex flex-col gap-4">
            <KeyValue
              items={[
                ['Booked for', instant(transaction.at)],
                ['Cause', <code key="cause" className="break-all">{transaction.business_key}</code>],
                ['Id', <code key="id">{transaction.id}</code>],
              ]}
            />
            <Table caption="Entries of the transaction" columns={columns} rows={transaction.entries} rowKey={(row) => row.id} />
          </div>
        )}
      </Load>
    </Dialog>
  )
}
