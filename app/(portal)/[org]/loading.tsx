import { SkeletonLine, TableSkeleton } from '../../_ui/states.tsx'

export default function Loading() {
  return (
    <>
      <SkeletonLine className="mb-6 h-7 w-48" />
      <TableSkeleton label="Loading the page" />
    </>
  )
}
