'use client'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTRPC, useTRPCClient } from '../../../../_lib/trpc.tsx'
import type { Organization } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { Pagination } from '../../../../_ui/pagination.tsx'
import { EmptyState, TableSkeleton } from '../../../../_ui/states.tsx'
import { TokensTable } from '../../../_tokens/tokens-table.tsx'
import { useTokenDialogs } from '../../../_tokens/use-token-dialogs.tsx'
import { PersonalTokenDialog } from './personal-token-dialog.tsx'

export function TokensPage({ organizations }: { organizations: readonly Organization[] }) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const list = useInfiniteQuery(trpc.tokens.list.infiniteQueryOptions({ limit: 50 }, { getNextPageParam: (last) => last.pagination.next_cursor }))
  const { dialogs, make: open, acts } = useTokenDialogs({
    making: (making) => <PersonalTokenDialog organizations={organizations} {...making} />,
    revoke: (id) => client.tokens.revoke.mutate({ token_id: id }),
    rotate: (id) => client.tokens.rotate.mutate({ token_id: id }),
    onChanged: () => void queries.invalidateQueries({ queryKey: trpc.tokens.pathKey() }),
  })
  const make = (
    <Button look="primary" size="sm" icon={<Plus aria-hidden className="size-4" />} onClick={open}>
      New token
    </Button>
  )
  return (
    <Section title="Personal tokens" hint="For programs that act as you. A machine of your organization is better served by a service account." action={make}>
      <Load query={list} skeleton={<TableSkeleton rows={3} label="Loading tokens" />}>
        {({ pages }) => {
          const tokens = pages.flatMap((page) => page.data)
          if (tokens.length === 0) {
            return (
              <EmptyState title="No tokens yet" action={make} command="npx shellwego auth login">
                The command line gets one by itself when you sign in; for everything else make one here.
              </EmptyState>
            )
          }
          return (
            <>
              <TokensTable
                caption="Personal tokens"
                tokens={tokens}
                refused={null}
                {...acts}
              />
              <Pagination shown={tokens.length} noun="tokens" hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
            </>
          )
        }}
      </Load>
      {dialogs}
    </Section>
  )
}
