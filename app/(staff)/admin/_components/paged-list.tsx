'use client'
import type { ReactNode } from 'react'
import { toProblem } from '../../../_lib/problem.ts'
import { useFilters } from '../../../_ui/filter-bar.tsx'
import { Pagination } from '../../../_ui/pagination.tsx'
import { ErrorPanel, NothingMatches, TableSkeleton } from '../../../_ui/states.tsx'
import { Table, type Column } from '../../../_ui/table.tsx'

interface Pages<T> {
  data: { pages: ReadonlyArray<{ data: readonly T[] }> } | undefined
  error: unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
  refetch: () => unknown
}
interface PagedListProps<T> {
  query: Pages<T>
  caption: string
  /** Of the things listed, in the plural. */
  noun: string
  columns: ReadonlyArray<Column<T>>
  rowKey: (row: T) => string
  rowHref?: (row: T) => string | null
  empty: ReactNode
}

/** Loading, failed, empty, nothing that matches, or rows with more behind them. */
export function PagedList<T>({ query, caption, noun, columns, rowKey, rowHref, empty }: PagedListProps<T>) {
  const filters = useFilters()
  const rows = query.data?.pages.flatMap((page) => page.data)
  const link = rowHref === undefined ? {} : { rowHref }
  const failed = query.error !== null && query.error !== undefined
  return (
    <>
      {failed ? <ErrorPanel className="mb-4" problem={toProblem(query.error)} onRetry={() => void query.refetch()} /> : null}
      {rows === undefined && !failed ? <TableSkeleton label={`Loading ${noun}`} /> : null}
      {rows !== undefined && rows.length > 0 ? <Table caption={caption} columns={columns} rows={rows} rowKey={rowKey} {...link} /> : null}
      {rows?.length === 0 ? (filters.active ? <NothingMatches onClear={filters.clear} /> : empty) : null}
      <Pagination shown={rows?.length ?? 0} noun={noun} hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
    </>
  )
}
