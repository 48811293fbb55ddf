'use client'
import { useQuery } from '@tanstack/react-query'
import { quotaAmount, quotaTitle } from '../../../../../server/contract/quota.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { QuotaState } from '../../../../_lib/wire.ts'
import { cx } from '../../../../_ui/cx.ts'
import { Load } from '../../../../_ui/load.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../../_ui/states.tsx'

/** A unit keeps its small letter. */
const titleOf = (name: QuotaState['name']): string => quotaTitle(name).replace(/^[a-z](?![A-Z])/, (letter) => letter.toUpperCase())

function Quota({ name, used, limit, source }: QuotaState) {
  const share = limit === 0 ? 1 : Math.min(1, used / limit)
  const text = `${quotaAmount(name, used)} of ${quotaAmount(name, limit)}`
  return (
    <div className="min-w-0">
      <p className="mb-1 flex flex-wrap justify-between gap-x-3 text-13">
        <span>
          {titleOf(name)}
          {source === 'operator' ? <span className="text-muted"> (set for you)</span> : null}
        </span>
        <span className="figures text-muted">{text}</span>
      </p>
      <div role="img" aria-label={`${titleOf(name)}: ${text}`} className="h-1.5 overflow-hidden rounded-full bg-sunken">
        <div
          className={cx('h-full', used >= limit ? 'bg-bad-mark' : share >= 0.8 ? 'bg-attention-mark' : 'bg-info-mark')}
          style={{ width: `${Math.max(used > 0 ? 2 : 0, share * 100)}%` }}
        />
      </div>
    </div>
  )
}

export function QuotasSection() {
  const { org } = useOrg()
  const quotas = useQuery(useTRPC().orgs.quotas.queryOptions({ organization_id: org.id }))
  return (
    <Section title="Limits" hint="Running apps count at the size they asked for. Ask support for more.">
      <Load query={quotas} skeleton={<PanelSkeleton label="Loading limits" />}>
        {({ data }) => (
          <Panel className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
            {data.map((quota) => (
              <Quota key={quota.name} {...quota} />
            ))}
          </Panel>
        )}
      </Load>
    </Section>
  )
}
