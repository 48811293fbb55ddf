import { SkeletonLine, TableSkeleton } from './states.tsx'

/** While a page of the console is fetched. Not at the root: what is streamed behind it can no longer answer 404. */
export function PageLoading() {
  return (
    <div className="mx-auto w-full max-w-300 px-4 py-8 sm:px-8">
      <SkeletonLine className="mb-6 h-7 w-48" />
      <TableSkeleton label="Loading the page" />
    </div>
  )
}
