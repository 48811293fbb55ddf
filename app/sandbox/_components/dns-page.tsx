'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { requiredText } from '../../_lib/form-rules.ts'
import { toProblem } from '../../_lib/problem.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { useProblem } from '../../_lib/use-problem.ts'
import { Button, IconButton } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Input, Select, Textarea } from '../../_ui/inputs.tsx'
import { Load } from '../../_ui/load.tsx'
import { PageHeader, Panel, Section } from '../../_ui/page.tsx'
import { EmptyState, ErrorPanel, PanelSkeleton } from '../../_ui/states.tsx'
import { Table, type Column } from '../../_ui/table.tsx'

type RecordType = 'TXT' | 'A' | 'AAAA' | 'CNAME'
type DnsRecord = { name: string; type: RecordType; values: string[] }
const TYPES: RecordType[] = ['TXT', 'CNAME', 'A', 'AAAA']
const Schema = z.object({ name: requiredText('Enter a name.'), type: z.enum(TYPES), values: requiredText('Enter what it shall answer.') })

function useRefresh(): () => void {
  const client = useQueryClient()
  const trpc = useTRPC()
  return () => void client.invalidateQueries({ queryKey: trpc.sandbox.dnsRecords.queryKey() })
}

function SetRecord() {
  const refresh = useRefresh()
  const form = useForm({ resolver: zodResolver(Schema), defaultValues: { name: '', type: 'TXT' as RecordType, values: '' } })
  const { problem, fail, clear } = useProblem(form, ['name', 'type', 'values'], (path) => path.replace(/^values\..*/, 'values'))
  const set = useMutation(useTRPC().sandbox.setDnsRecord.mutationOptions({
    onError: fail,
    onSuccess: () => {
      form.reset()
      refresh()
    },
  }))
  const { errors } = form.formState
  return (
    <Panel>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit(({ name, type, values }) => {
          clear()
          set.mutate({ name, type, values: values.split('\n').map((value) => value.trim()).filter((value) => value !== '') })
        })}>
        <div className="flex flex-wrap gap-3">
          <Field label="Name" className="min-w-60 flex-1" error={errors.name?.message} required>
            {(control) => <Input {...control} {...form.register('name')} mono placeholder="_shellwego-challenge.shop.example.com" autoComplete="off" autoCapitalize="none" spellCheck={false} />}
          </Field>
          <Field label="Type" className="w-32" error={errors.type?.message} required>
            {(control) => <Select {...control} {...form.register('type')} options={TYPES.map((value) => ({ value, label: value }))} />}
          </Field>
        </div>
        <Field label="Answers" hint="One per line." error={errors.values?.message} required>
          {(control) => <Textarea {...control} {...form.register('values')} mono rows={2} spellCheck={false} />}
        </Field>
        {problem === null ? null : <ErrorPanel problem={problem} />}
        <div>
          <Button type="submit" look="primary" busy={set.isPending}>
            Set the record
          </Button>
        </div>
      </form>
    </Panel>
  )
}

function Remove({ record }: { record: DnsRecord }) {
  const refresh = useRefresh()
  const remove = useMutation(useTRPC().sandbox.deleteDnsRecord.mutationOptions({ onSettled: refresh }))
  return (
    <IconButton size="sm" label={`Delete ${record.type} ${record.name}`} disabled={remove.isPending} onClick={() => remove.mutate({ name: record.name, type: record.type })}>
      <Trash2 aria-hidden className="size-4" />
    </IconButton>
  )
}

const columns: ReadonlyArray<Column<DnsRecord>> = [
  { id: 'name', title: 'Name', cell: (row) => <bdi className="font-mono text-13 break-all">{row.name}</bdi> },
  { id: 'type', title: 'Type', cell: (row) => row.type },
  { id: 'values', title: 'Answers', cell: (row) => <span className="font-mono text-13 break-all">{row.values.join(', ')}</span> },
  { id: 'remove', title: 'Delete', align: 'end', cell: (row) => <Remove record={row} /> },
]

/** The public DNS of the sandbox, set by hand: nothing leaves the machine. */
export function DnsPage() {
  const records = useQuery(useTRPC().sandbox.dnsRecords.queryOptions({}))
  return (
    <>
      <PageHeader title="Test DNS" facts="Domains of the sandbox are looked for here. No name server is asked." />
      <Section title="Set a record">
        <SetRecord />
      </Section>
      <Section title="Records">
        {records.error === null ? null : <ErrorPanel className="mb-3" problem={toProblem(records.error)} />}
        <Load query={records} skeleton={<PanelSkeleton label="Loading records" />}>
          {({ data }) =>
            data.length === 0 ? (
              <EmptyState title="No record yet">Add a domain in the console, copy its record to here, and check it there.</EmptyState>
            ) : (
              <Table caption="Records" columns={columns} rows={data} rowKey={(row) => `${row.type} ${row.name}`} />
            )
          }
        </Load>
      </Section>
    </>
  )
}
