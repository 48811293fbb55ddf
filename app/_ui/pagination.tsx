'use client'
import { Button } from './button.tsx'

type PaginationProps = { shown: number; noun: string; hasMore: boolean; busy: boolean; onMore: () => void }

/** Cursor pages: honest about what is shown, without a total that would have to be counted. */
export function Pagination({ shown, noun, hasMore, busy, onMore }: PaginationProps) {
  if (!hasMore) return null
  return (
    <div className="mt-3 flex items-center justify-between gap-4 text-13 text-muted">
      <span className="figures">
        The latest {shown} {noun}
      </span>
      <Button size="sm" busy={busy} onClick={onMore}>
        Show more
      </Button>
    </div>
  )
}
