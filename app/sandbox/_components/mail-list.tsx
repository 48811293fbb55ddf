'use client'
import { useQuery } from '@tanstack/react-query'
import { paths } from '../../_lib/paths.ts'
import { getJson } from '../../_lib/rest.ts'
import type { SandboxMail } from '../../_lib/wire.ts'
import { FilterBar, useFilters } from '../../_ui/filter-bar.tsx'
import { Load } from '../../_ui/load.tsx'
import { PageHeader } from '../../_ui/page.tsx'
import { EmptyState, NothingMatches, TableSkeleton } from '../../_ui/states.tsx'
import { Table, type Column } from '../../_ui/table.tsx'
import { TimeAgo } from '../../_ui/time.tsx'

const columns: ReadonlyArray<Column<SandboxMail>> = [
  { id: 'subject', title: 'Subject', cell: (mail) => <bdi>{mail.subject}</bdi> },
  { id: 'to', title: 'To', cell: (mail) => <bdi>{mail.to}</bdi> },
  { id: 'at', title: 'Sent', align: 'end', cell: (mail) => <TimeAgo value={mail.at} /> },
]

export function MailListPage() {
  const filters = useFilters()
  const to = filters.get('to')
  const mails = useQuery({
    queryKey: ['test-mail', to],
    refetchInterval: 1500,
    queryFn: ({ signal }) => getJson<{ data: SandboxMail[] }>(`/v1/test/mail${to === '' ? '' : `?to=${encodeURIComponent(to)}`}`, signal),
  })
  return (
    <>
      <PageHeader title="Test mail" facts="What would have been sent. Nothing leaves this machine." />
      <FilterBar search={{ name: 'to', label: 'Recipient' }} />
      <Load query={mails} skeleton={<TableSkeleton label="Loading mails" />}>
        {({ data }) =>
          data.length > 0 ? (
            <Table
              caption="Mails, latest first"
              columns={columns}
              rows={data}
              rowKey={(mail) => mail.id}
              rowHref={(mail) => paths.sandboxMailItem(mail.id)}
            />
          ) : filters.active ? (
            <NothingMatches onClear={filters.clear} />
          ) : (
            <EmptyState title="No mail yet">Sign up, reset a password or let a month end, and the mails appear here.</EmptyState>
          )
        }
      </Load>
    </>
  )
}
