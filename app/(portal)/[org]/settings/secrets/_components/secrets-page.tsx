'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { ClipboardPaste, Plus } from 'lucide-react'
import { useState } from 'react'
import { canSome, refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Secret } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../../_ui/filter-bar.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, Forbidden, NothingMatches, TableSkeleton } from '../../../../../_ui/states.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { SecretDialogs, type OpenDialog } from './secret-dialogs.tsx'
import { SecretsTable } from './secrets-table.tsx'

const scopes = [
  { value: 'organization', label: 'Of the organization' },
  { value: 'app', label: 'Of an app' },
]

type ListProps = { secrets: readonly Secret[] | undefined; onOpen: (dialog: OpenDialog) => void; start: React.ReactNode }

function SecretList({ secrets, onOpen, start }: ListProps) {
  const filters = useFilters()
  if (secrets === undefined) return <TableSkeleton label="Loading secrets" />
  if (secrets.length > 0) return <SecretsTable secrets={secrets} onOpen={onOpen} />
  if (filters.active) return <NothingMatches onClear={filters.clear} />
  return (
    <EmptyState title="Keep your first secret" command="shellwego secrets set STRIPE_KEY" action={start}>
      Passwords and keys that your apps need. They rest encrypted, reach an app as environment variables in memory, and are never shown
      again. A secret of the organization reaches the apps that refer to it; one of an app reaches that app.
    </EmptyState>
  )
}

/** What the list shows: the filters of the address, page after page. */
function useSecrets() {
  const { org } = useOrg()
  const filters = useFilters()
  const [q, scope] = [filters.get('q'), filters.get('scope')]
  const chosen = scope === 'organization' || scope === 'app' ? { scope } as const : {}
  return useInfiniteQuery(
    useTRPC().secrets.list.infiniteQueryOptions(
      { organization_id: org.id, limit: 50, filter: { ...(q === '' ? {} : { q }), ...chosen } },
      { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 5000, enabled: canSome(org, 'secrets:read') },
    ),
  )
}

export function SecretsPage() {
  const { org } = useOrg()
  const filters = useFilters()
  const query = useSecrets()
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const [importing, setImporting] = useState(false)
  const secrets = query.data?.pages.flatMap((page) => page.data)
  const refused = refusedBecause(org, 'secrets:write')
  const noRead = canSome(org, 'secrets:read') ? null : refusedBecause(org, 'secrets:read')
  const add = (
    <Button
      look="primary"
      size="sm"
      icon={<Plus aria-hidden className="size-4" />}
      disabled={refused !== null}
      title={refused ?? undefined}
      onClick={() => setDialog({ kind: 'new', app: null })}>
      New secret
    </Button>
  )
  if (noRead !== null) return <Forbidden reason={noRead} />
  return (
    <Section
      title="Secrets"
      hint="Write-only: values are encrypted and never shown again."
      action={
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            icon={<ClipboardPaste aria-hidden className="size-4" />}
            disabled={refused !== null}
            title={refused ?? undefined}
            onClick={() => setImporting(true)}>
            Paste .env
          </Button>
          {add}
        </div>
      }>
      {secrets === undefined || secrets.length > 0 || filters.active ? (
        <FilterBar search={{ name: 'q', label: 'Find by name' }} selects={[{ name: 'scope', label: 'Any scope', options: scopes }]} />
      ) : null}
      {query.error === null ? null : <ErrorPanel className="mb-4" problem={toProblem(query.error)} onRetry={() => void query.refetch()} />}
      {secrets === undefined && query.error !== null ? null : <SecretList secrets={secrets} onOpen={setDialog} start={add} />}
      <Pagination
        shown={secrets?.length ?? 0}
        noun="secrets"
        hasMore={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => {
          void query.fetchNextPage()
        }}
      />
      <SecretDialogs dialog={dialog} onClose={() => setDialog(null)} />
      {importing ? <ImportDialog app={null} onClose={() => setImporting(false)} /> : null}
    </Section>
  )
}
