'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { CataloguePlan } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Code } from '../../../../_ui/copy.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { Pagination } from '../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, TableSkeleton } from '../../../../_ui/states.tsx'
import { Badge } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { BrandChoice } from './brand-choice.tsx'
import { CreatePlanDialog } from './create-plan-dialog.tsx'

type Row = Omit<CataloguePlan, 'prices'>

const columns = (brands: ReadonlyMap<string, string>): ReadonlyArray<Column<Row>> => [
  { id: 'name', title: 'Plan', cell: (plan) => <bdi>{plan.name}</bdi> },
  { id: 'key', title: 'Key', cell: (plan) => <Code>{plan.key}</Code> },
  { id: 'brand', title: 'Seller', cell: (plan) => <bdi>{brands.get(plan.brand_id) ?? plan.brand_id}</bdi> },
  { id: 'description', title: 'Description', cell: (plan) => plan.description },
  { id: 'state', title: 'Sold', cell: (plan) => (plan.archived_at !== null ? <Badge tone="attention">archived</Badge> : plan.public ? <Badge tone="good">to everybody</Badge> : <Badge>on request</Badge>) },
]

export function PlansPage() {
  const trpc = useTRPC()
  const [brand, setBrand] = useState('')
  const [archived, setArchived] = useState(false)
  const [creating, setCreating] = useState(false)
  const brands = useQuery(trpc.staff.brands.queryOptions({ limit: 100 }))
  const names = new Map((brands.data?.data ?? []).map((one) => [one.id, one.name]))
  const filter = { archived: archived ? ('true' as const) : ('false' as const), ...(brand === '' ? {} : { brand_id: brand }) }
  const plans = useInfiniteQuery(trpc.catalogue.plans.infiniteQueryOptions({ limit: 50, filter }, { getNextPageParam: (last) => last.pagination.next_cursor }))
  const rows = plans.data?.pages.flatMap((page) => page.data)
  return (
    <>
      <PageHeader
        title="Plans"
        facts="What is sold, and at which price in which market. A published price never changes; the next one is a new version."
        action={
          <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setCreating(true)}>
            New plan
          </Button>
        }
      />
      <div className="mb-4 flex flex-wrap items-center gap-4">
        <BrandChoice all value={brand} onChange={setBrand} />
        <Checkbox checked={archived} label="Archived ones too" onChange={setArchived} />
      </div>
      {plans.error === null ? null : <ErrorPanel problem={toProblem(plans.error)} onRetry={() => void plans.refetch()} />}
      {rows === undefined && plans.error === null ? <TableSkeleton label="Loading plans" /> : null}
      {rows !== undefined && rows.length > 0 ? (
        <Table caption="Plans" columns={columns(names)} rows={rows} rowKey={(plan) => plan.id} rowHref={(plan) => paths.adminPlan(plan.id)} />
      ) : null}
      {rows?.length === 0 ? (
        <EmptyState title="No plans" command="shellwego plans create team --name Team" action={<Button look="primary" onClick={() => setCreating(true)}>New plan</Button>}>
          A plan is a name customers choose; its prices say what it costs in each market.
        </EmptyState>
      ) : null}
      <Pagination
        shown={rows?.length ?? 0}
        noun="plans"
        hasMore={plans.hasNextPage}
        busy={plans.isFetchingNextPage}
        onMore={() => {
          void plans.fetchNextPage()
        }}
      />
      {creating ? <CreatePlanDialog brandId={brand} onClose={() => setCreating(false)} /> : null}
    </>
  )
}
