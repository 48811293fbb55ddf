'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { count, mebibytes } from '../../../_lib/format.ts'
import { paths } from '../../../_lib/paths.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { BackupPlan, InvoiceSummary, NodeView } from '../../../_lib/wire.ts'
import { Money } from '../../../_ui/money.tsx'
import { Load } from '../../../_ui/load.tsx'
import { PageHeader, Panel, Section, Stat } from '../../../_ui/page.tsx'
import { CapacityBar } from '../../../_ui/progress.tsx'
import { PanelSkeleton } from '../../../_ui/states.tsx'
import { Mark, type Tone } from '../../../_ui/status.tsx'
import { BooksBanner } from './books-banner.tsx'
import { FirstSteps } from './first-steps.tsx'

type Exception = { id: string; tone: Tone; title: string; detail: string; href: string }

const sum = (nodes: readonly NodeView[], pick: (node: NodeView) => number): number => nodes.reduce((total, node) => total + pick(node), 0)

const nodeExceptions = (nodes: readonly NodeView[]): Exception[] =>
  nodes.flatMap((node) => [
    ...(node.status === 'ready' || node.status === 'draining'
      ? []
      : [
          {
            id: node.id,
            tone: 'bad' as const,
            title: `Node ${node.hostname} does not report`,
            detail: `${count(node.instances)} instances are placed on it.`,
            href: paths.adminNodes,
          },
        ]),
    ...node.conditions.map((one) => ({
      id: `${node.id}:${one.type}`,
      tone: 'attention' as const,
      title: `Node ${node.hostname}: ${one.type.replaceAll('_', ' ')}`,
      detail: one.message,
      href: paths.adminNodes,
    })),
  ])

const backupExceptions = (plan: BackupPlan | undefined): Exception[] => (plan?.overdue === true
  ? [{ id: 'backups', tone: 'bad', title: 'The newest good backup is older than 36 hours', detail: plan.last_fault ?? 'None was made since.', href: paths.adminBackups }]
  : [])

interface ExceptionsProps { nodes: readonly NodeView[]; overdue: readonly InvoiceSummary[]; backups: BackupPlan | undefined }

function Exceptions({ nodes, overdue, backups }: ExceptionsProps) {
  const list = [
    ...backupExceptions(backups),
    ...nodeExceptions(nodes),
    ...overdue.map((one): Exception => ({
      id: one.id,
      tone: 'attention',
      title: `Invoice ${one.number ?? ''} is overdue`,
      detail: one.organization_name,
      href: `${paths.adminInvoices}?status=overdue`,
    })),
  ]
  if (list.length === 0)
    return (
      <Panel className="flex items-center gap-3">
        <Mark tone="good" />
        Nothing needs a person now.
      </Panel>
    )
  return (
    <ul className="rounded-box border border-line bg-surface">
      {list.map((one) => (
        <li key={one.id} className="relative flex items-start gap-3 border-b border-line px-4 py-3 last:border-0 hover:bg-hover">
          <Mark tone={one.tone} className="mt-1" />
          <div className="min-w-0">
            <Link href={one.href} className="row-link font-strong no-underline">
              {one.title}
            </Link>
            <p className="text-13 text-muted">
              <bdi>{one.detail}</bdi>
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

/** What is owed per currency; currencies are never added up. */
function Owed({ overdue }: { overdue: readonly InvoiceSummary[] }) {
  const byCurrency = [...Map.groupBy(overdue, (one) => one.currency)]
  if (byCurrency.length === 0) return <>0</>
  return (
    <>
      {byCurrency.map(([currency, own]) => (
        <span key={currency} className="block">
          <Money value={{ currency, amount: own.reduce((total, one) => total + one.amount_due.amount, 0) }} />
        </span>
      ))}
    </>
  )
}

export function BoardPage() {
  const trpc = useTRPC()
  const nodes = useQuery(trpc.staff.nodes.queryOptions({ limit: 100 }, { refetchInterval: 10_000 }))
  const orgs = useQuery(trpc.staff.organizations.queryOptions({}))
  const overdue = useQuery(trpc.staff.invoices.queryOptions({ limit: 100, filter: { status: 'overdue' } }))
  const backups = useQuery(trpc.portalBackups.plan.queryOptions({}))
  return (
    <>
      <PageHeader title="Board" />
      <BooksBanner />
      <Load query={nodes} skeleton={<PanelSkeleton label="Loading the board" className="h-80" />}>
        {({ data }) => (
          <>
            <Panel className="mb-8 grid gap-5 sm:grid-cols-2 lg:grid-cols-4">
              <Stat label="Nodes ready" value={`${data.filter((node) => node.status === 'ready').length} of ${data.length}`} />
              <Stat label="Instances" value={count(sum(data, (node) => node.instances))} note="placed on nodes, stopped apps excluded" />
              <Stat
                label="Organizations"
                value={orgs.data === undefined ? 'loading' : count(orgs.data.data.length)}
                note={orgs.data === undefined ? undefined : `${count(orgs.data.data.filter((one) => one.apps > 0).length)} with apps`}
              />
              <Stat
                label="Overdue"
                value={overdue.data === undefined ? 'loading' : <Owed overdue={overdue.data.data} />}
                note="issued and past the due date"
              />
            </Panel>
            {orgs.data?.data.length === 0 && <FirstSteps />}
            <Section title="Needs a person">
              <Exceptions nodes={data} overdue={overdue.data?.data ?? []} backups={backups.data} />
            </Section>
            <Section title="Capacity" hint="Reserved by instances, of all nodes together.">
              <Panel className="flex flex-col gap-4">
                <CapacityBar
                  label="vCPU"
                  used={0}
                  reserved={sum(data, (node) => node.vcpu.used)}
                  total={sum(data, (node) => node.vcpu.total)}
                  format={count}
                />
                <CapacityBar
                  label="Memory"
                  used={0}
                  reserved={sum(data, (node) => node.memory_mib.used)}
                  total={sum(data, (node) => node.memory_mib.total)}
                  format={mebibytes}
                />
                <CapacityBar
                  label="Disk"
                  used={0}
                  reserved={sum(data, (node) => node.disk_mib.used)}
                  total={sum(data, (node) => node.disk_mib.total)}
                  format={mebibytes}
                />
              </Panel>
            </Section>
          </>
        )}
      </Load>
    </>
  )
}
