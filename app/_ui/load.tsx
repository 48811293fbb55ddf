'use client'
import type { ReactNode } from 'react'
import { toProblem } from '../_lib/problem.ts'
import { Button } from './button.tsx'
import { Banner } from './status.tsx'
import { ErrorPanel } from './states.tsx'
import { TimeAgo } from './time.tsx'

type QueryLike<T> = { data: T | undefined; error: unknown; isPending: boolean; dataUpdatedAt: number; refetch: () => unknown }

/** Loading, failed, stale or here: every view of the console passes through this one door. */
export function Load<T>({ query, skeleton, children }: { query: QueryLike<T>; skeleton: ReactNode; children: (data: T) => ReactNode }) {
  if (query.data === undefined) {
    return query.error === null || query.error === undefined ? (
      skeleton
    ) : (
      <ErrorPanel
        problem={toProblem(query.error)}
        onRetry={() => {
          void query.refetch()
        }}
      />
    )
  }
  const stale = query.error !== null && query.error !== undefined
  return (
    <>
      {stale ? (
        <Banner
          tone="attention"
          className="mb-4"
          action={
            <Button
              size="sm"
              onClick={() => {
                void query.refetch()
              }}>
              Try again
            </Button>
          }>
          {toProblem(query.error).title}. Shown as of <TimeAgo value={new Date(query.dataUpdatedAt).toISOString()} />.
        </Banner>
      ) : null}
      {children(query.data)}
    </>
  )
}
