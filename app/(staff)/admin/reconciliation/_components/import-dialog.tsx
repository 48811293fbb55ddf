'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { decodeStatement, type CsvMapping } from '../../../../../server/contract/bank-statement.ts'
import { day, plural } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { BankAccount, StatementPreview } from '../../../../_lib/wire.ts'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { Banner } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { faultOf, useDone } from '../../_components/use-act.ts'
import { MappingFields } from './mapping-fields.tsx'

/** What one request of the console may hold, with its signs escaped. */
const MOST_BYTES = 1_600_000
const EMPTY: CsvMapping = { delimiter: ',', skip_rows: 0, date_format: 'YYYY-MM-DD', decimal_mark: '.', columns: { date: '', text: [] } }
type Sample = StatementPreview['sample'][number]
const columns: ReadonlyArray<Column<Sample>> = [
  { id: 'day', title: 'Day', cell: (row) => day(row.booked_on) }, { id: 'from', title: 'From', cell: (row) => <bdi>{row.payer}</bdi> },
  { id: 'text', title: 'Text', cell: (row) => <bdi className="break-words">{row.text}</bdi> }, { id: 'amount', title: 'Amount', align: 'end', cell: (row) => <Money value={row.amount} /> },
]

function Understood({ preview }: { preview: StatementPreview }) {
  return (
    <div className="flex flex-col gap-2 text-13">
      <p>{plural(preview.lines, 'line')} can be read{preview.fault_count === 0 ? '.' : `, ${plural(preview.fault_count, 'row')} cannot.`}</p>
      {preview.faults.slice(0, 5).map((fault) => <p key={fault.line} className="text-bad">Line {fault.line}: {fault.message}</p>)}
      {preview.sample.length === 0 ? null : <Table caption="First lines as they are understood" columns={columns} rows={preview.sample} rowKey={(row) => String(row.line)} />}
    </div>
  )
}

/** Choose a file, see how it is understood, import it. What was imported before has no effect. */
export function ImportDialog({ accounts, onClose }: { accounts: readonly BankAccount[]; onClose: () => void }) {
  const trpc = useTRPC()
  const done = useDone(onClose)
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? '')
  const [file, setFile] = useState<{ name: string; content: string } | null>(null)
  const [tooLarge, setTooLarge] = useState(false)
  const [mapping, setMapping] = useState<CsvMapping | null>(null)
  const preview = useMutation(trpc.reconciliation.preview.mutationOptions({ onSuccess: (seen) => { if (seen.mapping !== null) setMapping(seen.mapping) } }))
  const send = useMutation(trpc.reconciliation.importStatement.mutationOptions({
    onSuccess: (row) => done(row.repeated ? 'This file was imported before' : `${plural(row.lines, 'new line')}, ${row.duplicates} known already`),
  }))
  const account = accounts.find((one) => one.id === accountId)
  const look = (content: string, id: string, chosen: CsvMapping | null) => preview.mutate({ bank_account_id: id, content,
    ...(chosen === null ? {} : { mapping: chosen }) })
  const read = async (chosen: File | undefined) => {
    setTooLarge((chosen?.size ?? 0) > MOST_BYTES)
    if (!chosen || chosen.size > MOST_BYTES) return
    const content = decodeStatement(new Uint8Array(await chosen.arrayBuffer()))
    setFile({ name: chosen.name, content })
    setMapping(null)
    look(content, accountId, null)
  }
  const change = (next: CsvMapping) => {
    setMapping(next)
    if (file !== null && next.columns.date !== '' && (next.columns.amount ?? next.columns.credit) !== undefined) look(file.content, accountId, next)
  }
  const asked = preview.data?.format === 'csv' && account?.mapping === null
  return (
    <FormDialog
      title="Import a bank statement" description="CSV or CAMT.053 (XML), as the bank gives it. Lines that are known already are left out." action="Import" busy={send.isPending}
      disabled={file === null || preview.isPending || (preview.data?.lines ?? 0) === 0} error={send.error ?? preview.error} fields={['content']} onClose={onClose}
      onSubmit={() => { if (file !== null) send.mutate({ bank_account_id: accountId, file_name: file.name, content: file.content,
        ...(asked && mapping !== null ? { mapping } : {}) }) }}>
      <Field label="Account" required>
        {(control) => (
          <Select {...control} value={accountId} options={accounts.map((one) => ({ value: one.id, label: `${one.name} (${one.currency})` }))} onChange={(event) => {
            setAccountId(event.target.value)
            if (file !== null) look(file.content, event.target.value, null)
          }} />
        )}
      </Field>
      <Field label="File" required error={faultOf(send.error ?? preview.error, 'content')}>
        {(control) => <Input {...control} type="file" accept=".csv,.txt,.xml,.camt,text/csv,text/xml,application/xml" className="py-1.5" onChange={(event) => void read(event.target.files?.[0])} />}
      </Field>
      {tooLarge ? <Banner tone="attention">Larger than 1.6 MB: import it with <code>shellwego reconciliation import</code>.</Banner> : null}
      {asked && preview.data !== undefined ? <MappingFields mapping={mapping ?? EMPTY} headings={preview.data.headings} onChange={change} /> : null}
      {preview.data === undefined ? null : <Understood preview={preview.data} />}
    </FormDialog>
  )
}
