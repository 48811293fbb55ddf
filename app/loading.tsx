import { SkeletonLine, TableSkeleton } from './_ui/states.tsx'

export default function Loading() {
  return (
    <div className="mx-auto w-full max-w-300 px-4 py-8 sm:px-8">
      <SkeletonLine className="mb-6 h-7 w-48" />
      <TableSkeleton label="Loading the page" />
    </div>
  )
}
