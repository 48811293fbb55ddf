'use client'
import { useQuery } from '@tanstack/react-query'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { count, day, instant, money, plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { standingLook } from '../../../../../_lib/payment-standing.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { StandingReport } from '../../../../../_lib/wire.ts'
import { buttonClass, ButtonLink } from '../../../../../_ui/button.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Money } from '../../../../../_ui/money.tsx'
import { Figure, PageHeader, Panel, Section } from '../../../../../_ui/page.tsx'
import { Forbidden, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { comingWords } from './coming-words.ts'

const sayWhy = ({ standing, suspended_by: by, stopped_apps: stopped, support_email: support }: StandingReport): string => {
  const back = stopped > 0 ? `${stopped === 1 ? 'the app starts again by itself' : `${count(stopped)} apps start again by themselves`}` : 'you can start apps again'
  if (standing === 'good') return 'Nothing is overdue.'
  if (standing === 'past_due') return 'An invoice is overdue. Everything still runs.'
  if (standing === 'terminated') return 'Apps and secrets were deleted because invoices stayed unpaid. When everything is paid, you can start anew.'
  if (by === 'operator') return `The operator suspended this organization. Write to ${support}.`
  return `Apps are stopped because invoices were not paid in time. Settings, secrets and names are kept. Within a minute of the payment ${back}.`
}

function Open({ report }: { report: StandingReport }) {
  const { org } = useOrg()
  const payable = refusedBecause(org, 'billing:pay') === null
  const columns: ReadonlyArray<Column<StandingReport['invoices'][number]>> = [
    { id: 'number', title: 'Invoice', cell: (row) => row.number },
    { id: 'due', title: 'Due', cell: (row) => <time dateTime={row.due_at} title={instant(row.due_at)}>{day(row.due_at)}</time> },
    { id: 'late', title: 'Overdue', align: 'end', cell: (row) => (row.days_overdue === 0 ? 'Not yet' : plural(row.days_overdue, 'day')) },
    { id: 'amount', title: 'To pay', align: 'end', cell: (row) => <Money value={row.amount_due} /> },
    {
      id: 'pay', title: '', align: 'end',
      cell: (row) => <ButtonLink size="sm" look={payable ? 'primary' : 'plain'} href={paths.invoice(org.slug, row.id)}>{payable ? 'Pay' : 'View'}</ButtonLink>,
    },
  ]
  return (
    <Section title="What is open">
      <Table caption="Open invoices" columns={columns} rows={report.invoices} rowKey={(row) => row.id} />
    </Section>
  )
}

function Coming({ report }: { report: StandingReport }) {
  return (
    <Section title="What happens if nothing is paid">
      <Panel className="max-w-160">
        <ol className="flex flex-col gap-2 text-14">
          {report.next.map((step) => (
            <li key={`${step.kind} ${step.at} ${step.invoice_id ?? ''}`} className="flex flex-wrap justify-between gap-x-6">
              <span>{comingWords[step.kind]}</span>
              <time dateTime={step.at} title={instant(step.at)} className="figures text-muted">{day(step.at)}</time>
            </li>
          ))}
        </ol>
      </Panel>
    </Section>
  )
}

function Report({ report }: { report: StandingReport }) {
  const { org } = useOrg()
  const owed = report.owed.map(money).join(', ')
  return (
    <>
      <Panel className="mb-10 sm:p-6">
        <div className="flex flex-wrap items-start justify-between gap-x-10 gap-y-4">
          <Figure label={owed === '' ? 'Nothing is open' : 'To pay'} value={owed === '' ? 'Settled' : owed} note={report.suspended_at === null ? undefined : `Suspended on ${day(report.suspended_at)}`} />
          <Status {...standingLook[report.standing]} />
        </div>
        <p className="mt-4 max-w-160 text-14 text-muted">{sayWhy(report)}</p>
        {report.paused_until === null ? null : <p className="mt-2 text-14 text-muted">Reminders rest until {day(report.paused_until)}.</p>}
        {report.export_available ? (
          <a className={buttonClass('plain', 'md', 'mt-4')} href={`/v1/billing/standing/export?organization_id=${org.id}`} download>
            Download what there was
          </a>
        ) : null}
      </Panel>
      {report.invoices.length === 0 ? null : <Open report={report} />}
      {report.next.length === 0 ? null : <Coming report={report} />}
    </>
  )
}

/** Whether everything is paid; if not, what it means, what comes next, and how to end it. */
export function StandingPage() {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'billing:read')
  const query = useQuery(useTRPC().dunning.standing.queryOptions({ organization_id: org.id }, { enabled: refused === null, refetchInterval: 5_000 }))
  return (
    <>
      <PageHeader title="Standing" />
      {refused === null ? (
        <Load query={query} skeleton={<PanelSkeleton label="Loading the standing" className="h-60" />}>
          {(report) => <Report report={report} />}
        </Load>
      ) : (
        <Forbidden reason={refused} />
      )}
    </>
  )
}
