'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { can, grantedBy } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Member, Role } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Code } from '../../../../_ui/copy.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { KeyValue, PageHeader, Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel, TableSkeleton } from '../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

const roles: Record<Role, string> = { owner: 'Owner', admin: 'Admin', developer: 'Developer', billing: 'Billing', viewer: 'Viewer' }

const columns: ReadonlyArray<Column<Member>> = [
  { id: 'name', title: 'Name', cell: (member) => <bdi className="font-strong">{member.name}</bdi> },
  { id: 'email', title: 'E-mail', cell: (member) => <bdi>{member.email}</bdi> },
  { id: 'role', title: 'Role', cell: (member) => roles[member.role] },
  { id: 'joined', title: 'Member since', align: 'end', cell: (member) => <TimeAgo value={member.joined_at} /> },
]

function General() {
  const { org } = useOrg()
  const router = useRouter()
  const [name, setName] = useState(org.name)
  const update = useMutation(useTRPC().orgs.update.mutationOptions({ onSuccess: () => { toast('Name saved'); router.refresh() } }))
  const may = can(org.role, 'org:write')
  const problem = update.error === null ? null : toProblem(update.error)
  return (
    <Section title="General">
      <Panel className="flex flex-col gap-4">
        <form noValidate className="flex flex-wrap items-end gap-3" onSubmit={(event) => { event.preventDefault(); update.mutate({ organization_id: org.id, name: name.trim() }) }}>
          <Field label="Name" required className="min-w-52 flex-1" error={problem?.fields[0]?.message} {...(may ? {} : { hint: grantedBy('org:write') })}>
            {(control) => <Input {...control} value={name} disabled={!may} onChange={(event) => setName(event.target.value)} />}
          </Field>
          <Button type="submit" disabled={!may || name.trim() === '' || name.trim() === org.name} busy={update.isPending}>Save name</Button>
        </form>
        {problem === null || problem.fields.length > 0 ? null : <ErrorPanel problem={problem} />}
        <KeyValue items={[['Id', <Code key="id" copy>{org.id}</Code>], ['Address', <code key="slug">/{org.slug}</code>], ['Currency', org.currency], ['Your role', roles[org.role]]]} />
      </Panel>
    </Section>
  )
}

function Danger() {
  const { org } = useOrg()
  const [open, setOpen] = useState(false)
  const remove = useMutation(useTRPC().orgs.remove.mutationOptions({ onSuccess: () => window.location.assign(paths.home) }))
  const may = can(org.role, 'org:delete')
  return (
    <Section title="Danger">
      <Panel className="flex flex-wrap items-center justify-between gap-4 border-bad-border">
        <div className="min-w-0">
          <p className="font-strong">Delete this organization</p>
          <p className="text-13 text-muted">{may ? 'All its apps stop. What was used is invoiced a last time; invoices stay readable.' : grantedBy('org:delete')}</p>
        </div>
        <Button look="danger" disabled={!may} onClick={() => setOpen(true)}>Delete organization</Button>
      </Panel>
      <ConfirmDialog open={open} onOpenChange={setOpen} title={`Delete ${org.name}?`} action={`Delete ${org.name}`} danger typeName={org.slug} busy={remove.isPending} onConfirm={() => remove.mutate({ organization_id: org.id })}>
        <p>Every app, address and secret of this organization goes. This cannot be undone.</p>
        {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
      </ConfirmDialog>
    </Section>
  )
}

export function OrgSettingsPage() {
  const { org } = useOrg()
  const members = useQuery(useTRPC().orgs.members.queryOptions({ organization_id: org.id }))
  return (
    <div className="max-w-200">
      <PageHeader title="Settings" />
      <General />
      <Section title="Members">
        <Load query={members} skeleton={<TableSkeleton rows={2} label="Loading members" />}>{({ data }) => <Table caption="Members of this organization" columns={columns} rows={data} rowKey={(member) => member.id} />}</Load>
      </Section>
      <Danger />
    </div>
  )
}
