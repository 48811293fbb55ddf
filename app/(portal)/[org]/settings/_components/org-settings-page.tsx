'use client'
import { useQuery } from '@tanstack/react-query'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Member, Role } from '../../../../_lib/wire.ts'
import { Code } from '../../../../_ui/copy.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { KeyValue, PageHeader, Panel, Section } from '../../../../_ui/page.tsx'
import { PanelSkeleton, TableSkeleton } from '../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

const roles: Record<Role, string> = { owner: 'Owner', admin: 'Admin', developer: 'Developer', billing: 'Billing', viewer: 'Viewer' }

const columns: ReadonlyArray<Column<Member>> = [
  { id: 'name', title: 'Name', cell: (member) => <bdi className="font-strong">{member.name}</bdi> },
  { id: 'email', title: 'E-mail', cell: (member) => <bdi>{member.email}</bdi> },
  { id: 'role', title: 'Role', cell: (member) => roles[member.role] },
  { id: 'joined', title: 'Member since', align: 'end', cell: (member) => <TimeAgo value={member.joined_at} /> },
]

export function OrgSettingsPage() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const details = useQuery(trpc.orgs.get.queryOptions({ organization_id: org.id }))
  const members = useQuery(trpc.orgs.members.queryOptions({ organization_id: org.id }))
  return (
    <div className="max-w-200">
      <PageHeader title="Settings" />
      <Section title="Organization">
        <Load query={details} skeleton={<PanelSkeleton label="Loading the organization" />}>
          {(one) => (
            <Panel>
              <KeyValue
                items={[
                  ['Name', <bdi key="name">{one.name}</bdi>],
                  [
                    'Id',
                    <Code key="id" copy>
                      {one.id}
                    </Code>,
                  ],
                  ['Your role', roles[one.role]],
                  ['Currency', one.currency],
                  ['Time zone of billing', one.timezone],
                  ['Country', one.country],
                  ['Invoices go to', <bdi key="email">{one.billing_email}</bdi>],
                  ...(one.billing_address === '' ? [] : [['Address', <bdi key="address">{one.billing_address}</bdi>] as const]),
                ]}
              />
            </Panel>
          )}
        </Load>
      </Section>
      <Section title="Members">
        <Load query={members} skeleton={<TableSkeleton rows={2} label="Loading members" />}>
          {({ data }) => <Table caption="Members of this organization" columns={columns} rows={data} rowKey={(member) => member.user_id} />}
        </Load>
      </Section>
    </div>
  )
}
