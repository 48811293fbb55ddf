'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { day, plural } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { CataloguePrice } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { RadioCards } from '../../../../_ui/choices.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../_ui/states.tsx'

type When = 'now' | 'period_end'

/** Who would have another price, and what they would pay, before anybody does. */
export function MigrateDialog({ price, onClose }: { price: CataloguePrice; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [when, setWhen] = useState<When>('period_end')
  const affected = useQuery(trpc.catalogue.previewMigration.queryOptions({ price_id: price.id, when }, { refetchOnWindowFocus: false }))
  const migrate = useMutation(
    trpc.catalogue.migrate.mutationOptions({
      onSuccess: ({ count }) => {
        toast(`${plural(count, 'subscription')} will have version ${price.version}`)
        void client.invalidateQueries({ queryKey: trpc.catalogue.pathKey() })
        onClose()
      },
    }),
  )
  return (
    <Dialog open onOpenChange={onClose} title={`Move everybody to version ${price.version}`} description="Those who have an older version of this price. Who scheduled another change keeps what they asked for.">
      <div className="mb-4">
        <RadioCards
          label="When"
          columns="sm:grid-cols-2"
          value={when}
          onChange={(value) => setWhen(value === 'now' ? 'now' : 'period_end')}
          options={[
            { value: 'period_end', title: 'When their period ends', detail: 'What they paid for stays' },
            { value: 'now', title: 'Now', detail: 'The rest of the period at the new price' },
          ]}
        />
      </div>
      <Load query={affected} skeleton={<PanelSkeleton label="Looking who is affected" />}>
        {({ count, data }) => (
          <div className="flex flex-col gap-4">
            <p className="font-strong">{count === 0 ? 'Nobody has an older version.' : `${plural(count, 'organization')} affected`}</p>
            {data.length === 0 ? null : (
              <ul className="max-h-60 overflow-y-auto rounded-box border border-line text-13">
                {data.map((row) => (
                  <li key={row.organization_id} className="flex flex-wrap justify-between gap-x-4 border-b border-line px-3 py-2 last:border-0">
                    <bdi>{row.organization}</bdi>
                    <span className="text-muted">
                      <Money value={row.fee_before} /> to <span className="text-ink"><Money value={row.fee_after} /></span>, from {day(row.effective_at)}
                    </span>
                  </li>
                ))}
              </ul>
            )}
            {count > data.length ? <p className="text-13 text-muted">The first {data.length} of {count}.</p> : null}
            {migrate.error === null ? null : <ErrorPanel problem={toProblem(migrate.error)} />}
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={onClose}>Keep their prices</Button>
              <Button look="primary" disabled={count === 0} busy={migrate.isPending} onClick={() => migrate.mutate({ price_id: price.id, when })}>
                Move {plural(count, 'organization')}
              </Button>
            </div>
          </div>
        )}
      </Load>
    </Dialog>
  )
}
