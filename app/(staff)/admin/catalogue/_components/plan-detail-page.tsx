'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { toast } from 'sonner'
import { day } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { CataloguePlan, CataloguePrice } from '../../../../_lib/wire.ts'
import { Button, ButtonLink } from '../../../../_ui/button.tsx'
import { Code } from '../../../../_ui/copy.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Section } from '../../../../_ui/page.tsx'
import { EmptyState, ErrorPanel, PanelSkeleton } from '../../../../_ui/states.tsx'
import { Badge } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { MigrateDialog } from './migrate-dialog.tsx'
import { PlanForm } from './plan-form.tsx'
import { recurringWords } from './price-words.ts'

const columns = (onMigrate: (price: CataloguePrice) => void, planId: string): ReadonlyArray<Column<CataloguePrice>> => [
  { id: 'version', title: 'Version', cell: (price) => <>Version {price.version}</> },
  { id: 'state', title: 'State', cell: (price) => (price.current ? <Badge tone="good">sold now</Badge> : new Date(price.active_from) > new Date() ? <Badge tone="info">from {day(price.active_from)}</Badge> : <Badge>earlier</Badge>) },
  { id: 'price', title: 'Price', align: 'end', cell: (price) => recurringWords(price) },
  { id: 'usage', title: 'Usage', cell: (price) => (price.charges.length === 0 ? 'free' : price.charges.map((charge) => charge.name).join(', ')) },
  { id: 'since', title: 'Since', cell: (price) => day(price.active_from) },
  { id: 'subscriptions', title: 'Subscriptions', align: 'end', cell: (price) => price.subscriptions },
  {
    id: 'acts', title: 'Acts', align: 'end', cell: (price) => (
      <span className="inline-flex flex-wrap justify-end gap-2">
        {price.current ? <Button size="sm" className="h-7" onClick={() => onMigrate(price)}>Move others here</Button> : null}
        <Link className="link text-13" href={`${paths.adminNewPrice(planId)}?from=${price.id}`}>
          New version from it
        </Link>
      </span>
    ),
  },
]

function ArchiveButton({ plan }: { plan: CataloguePlan }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const onSuccess = (): void => {
    toast(plan.archived_at === null ? `${plan.name} is not sold any more` : `${plan.name} is sold again`)
    void client.invalidateQueries({ queryKey: trpc.catalogue.pathKey() })
    setAsking(false)
  }
  const archive = useMutation(trpc.catalogue.archivePlan.mutationOptions({ onSuccess, onError: () => setAsking(false) }))
  const restore = useMutation(trpc.catalogue.restorePlan.mutationOptions({ onSuccess }))
  const error = archive.error ?? restore.error
  return (
    <div className="flex flex-col gap-3">
      {plan.archived_at === null ? (
        <Button className="w-max" onClick={() => setAsking(true)}>
          Stop selling {plan.name}
        </Button>
      ) : (
        <Button className="w-max" busy={restore.isPending} onClick={() => restore.mutate({ plan_id: plan.id })}>
          Sell {plan.name} again
        </Button>
      )}
      {error === null ? null : <ErrorPanel problem={toProblem(error)} />}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Stop selling ${plan.name}`}
        action="Stop selling it"
        danger
        busy={archive.isPending}
        onConfirm={() => archive.mutate({ plan_id: plan.id })}>
        <p>Nobody can choose it any more. Subscriptions to it go on at their price.</p>
      </ConfirmDialog>
    </div>
  )
}

function Markets({ plan }: { plan: CataloguePlan }) {
  const [migrating, setMigrating] = useState<CataloguePrice | null>(null)
  const markets = [...Map.groupBy(plan.prices, (price) => `${price.currency}${price.region === '' ? '' : ` in ${price.region}`}`)]
  return (
    <>
      {markets.map(([market, prices]) => (
        <Section key={market} level={3} title={market}>
          <Table caption={`Versions for ${market}`} columns={columns(setMigrating, plan.id)} rows={prices} rowKey={(price) => price.id} />
        </Section>
      ))}
      {markets.length === 0 ? (
        <EmptyState
          title="No price yet"
          command={`shellwego pricing set --plan ${plan.key} --currency USD --price 20 --no-usage`}
          action={<ButtonLink look="primary" href={paths.adminNewPrice(plan.id)}>Set the first price</ButtonLink>}>
          The plan can be chosen where it has one: per currency, and where you like per country.
        </EmptyState>
      ) : null}
      {migrating === null ? null : <MigrateDialog price={migrating} onClose={() => setMigrating(null)} />}
    </>
  )
}

export function PlanDetailPage({ id }: { id: string }) {
  const plan = useQuery(useTRPC().catalogue.plan.queryOptions({ plan_id: id }))
  return (
    <Load query={plan} skeleton={<PanelSkeleton label="Loading the plan" className="h-80" />}>
      {(one) => (
        <>
          <PageHeader
            title={one.name}
            above={
              <Link className="link" href={paths.adminCatalogue}>
                Plans
              </Link>
            }
            facts={<Code copy>{one.key}</Code>}
            status={one.archived_at === null ? null : <Badge tone="attention">archived</Badge>}
            action={one.archived_at === null ? (
              <ButtonLink look="primary" href={paths.adminNewPrice(one.id)} icon={<Plus aria-hidden className="size-4" />}>
                New price
              </ButtonLink>
            ) : null}
          />
          <Section title="Prices" hint="A published version never changes. Subscriptions keep theirs until you move them on purpose.">
            <Markets plan={one} />
          </Section>
          <Section title="Plan">
            <PlanForm key={one.etag} plan={one} />
          </Section>
          <ArchiveButton plan={one} />
        </>
      )}
    </Load>
  )
}
