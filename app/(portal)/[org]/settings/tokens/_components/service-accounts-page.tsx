'use client'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { ServiceAccountInfo } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { EmptyState, Forbidden, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { AccountDialog } from './account-dialog.tsx'
import { AccountPanel } from './account-panel.tsx'

export function ServiceAccountsPage() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const unreadable = refusedBecause(org, 'tokens:read')
  const refused = refusedBecause(org, 'tokens:write')
  const list = useInfiniteQuery(
    trpc.serviceAccounts.list.infiniteQueryOptions(
      { organization_id: org.id, limit: 20, sort: 'name' },
      { enabled: unreadable === null, getNextPageParam: (last) => last.pagination.next_cursor },
    ),
  )
  const [editing, setEditing] = useState<ServiceAccountInfo | 'new' | null>(null)
  const refresh = () => void queries.invalidateQueries({ queryKey: trpc.serviceAccounts.pathKey() })
  if (unreadable !== null) return <Forbidden reason={unreadable} />
  const make = (
    <Button
      look="primary"
      size="sm"
      icon={<Plus aria-hidden className="size-4" />}
      disabled={refused !== null}
      title={refused ?? undefined}
      onClick={() => setEditing('new')}>
      New service account
    </Button>
  )
  return (
    <Section title="Service accounts" hint="Machines that work in this organization: CI, scripts, monitoring. Each has a role and tokens of its own." action={make}>
      <Load query={list} skeleton={<PanelSkeleton label="Loading service accounts" />}>
        {({ pages }) => {
          const accounts = pages.flatMap((page) => page.data)
          if (accounts.length === 0) {
            return (
              <EmptyState title="No service accounts yet" action={make} command="npx shellwego tokens create-account ci --role developer">
                Give a machine an account of its own, so that its work goes on when a person leaves.
              </EmptyState>
            )
          }
          return (
            <div className="flex flex-col gap-6">
              {accounts.map((account) => (
                <AccountPanel key={account.id} account={account} refused={refused} onEdit={() => setEditing(account)} onChanged={refresh} />
              ))}
              <Pagination shown={accounts.length} noun="service accounts" hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
            </div>
          )
        }}
      </Load>
      {editing === null ? null : (
        <AccountDialog account={editing === 'new' ? null : editing} onSaved={refresh} onClose={() => setEditing(null)} />
      )}
    </Section>
  )
}
