'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { CatalogueMeter } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Code } from '../../../../_ui/copy.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { TableSkeleton } from '../../../../_ui/states.tsx'
import { Badge } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { BrandChoice } from './brand-choice.tsx'
import { CreateMeterDialog } from './create-meter-dialog.tsx'

const aggregations: Record<CatalogueMeter['aggregation'], string> = {
  sum: 'sum of the values', count: 'number of events', max: 'highest value', last: 'last value', unique: 'different values of',
}

function ArchiveMeter({ meter }: { meter: CatalogueMeter }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const onSuccess = (): void => {
    toast(meter.archived_at === null ? `${meter.name} is not offered any more` : `${meter.name} is offered again`)
    void client.invalidateQueries({ queryKey: trpc.catalogue.pathKey() })
  }
  const onError = (error: unknown): void => void toast.error(toProblem(error).detail)
  const archive = useMutation(trpc.catalogue.archiveMeter.mutationOptions({ onSuccess, onError }))
  const restore = useMutation(trpc.catalogue.restoreMeter.mutationOptions({ onSuccess, onError }))
  if (meter.brand_id === null) return null
  const act = meter.archived_at === null ? archive : restore
  return (
    <Button size="sm" className="h-7" busy={act.isPending} aria-label={`${meter.archived_at === null ? 'Archive' : 'Restore'} ${meter.name}`} onClick={() => act.mutate({ meter_id: meter.id })}>
      {meter.archived_at === null ? 'Archive' : 'Restore'}
    </Button>
  )
}

const columns: ReadonlyArray<Column<CatalogueMeter>> = [
  { id: 'name', title: 'Meter', cell: (meter) => <bdi>{meter.name}</bdi> },
  { id: 'key', title: 'Key', cell: (meter) => <Code copy>{meter.key}</Code> },
  { id: 'unit', title: 'Priced by', cell: (meter) => (meter.meter_units === '1' ? meter.unit : `${meter.unit} (${meter.meter_units})`) },
  { id: 'aggregation', title: 'Counts', cell: (meter) => `${aggregations[meter.aggregation]}${meter.field === null ? '' : ` ${meter.field}`}` },
  {
    id: 'origin', title: 'Origin', cell: (meter) => (meter.brand_id === null ? <Badge>built in</Badge> : meter.archived_at === null ? <Badge tone="info">your own</Badge> : <Badge tone="attention">archived</Badge>),
  },
  { id: 'acts', title: 'Acts', align: 'end', cell: (meter) => <ArchiveMeter meter={meter} /> },
]

export function MetersPage() {
  const trpc = useTRPC()
  const [brand, setBrand] = useState('')
  const [creating, setCreating] = useState(false)
  const filter = { archived: 'true' as const, ...(brand === '' ? {} : { brand_id: brand }) }
  const meters = useQuery(trpc.catalogue.meters.queryOptions({ limit: 100, filter }))
  return (
    <>
      <PageHeader
        title="Meters"
        facts="What can be measured and priced. The platform feeds the built-in ones; you feed your own with usage events."
        action={
          <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setCreating(true)}>
            New meter
          </Button>
        }
      />
      <div className="mb-4">
        <BrandChoice all value={brand} onChange={setBrand} />
      </div>
      <Load query={meters} skeleton={<TableSkeleton label="Loading meters" />}>
        {({ data }) => <Table caption="Meters" columns={columns} rows={data} rowKey={(meter) => meter.id} />}
      </Load>
      {creating ? <CreateMeterDialog brandId={brand} onClose={() => setCreating(false)} /> : null}
    </>
  )
}
