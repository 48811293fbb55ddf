import { cx } from '../../../../_ui/cx.ts'
import type { SnapshotRow } from './snapshot-rows.ts'

const LANE = 16
const at = (lane: number): string => `${lane * LANE + 8}px`

/** The lines left of one row. They say nothing that the words beside them do not. */
export function SnapshotGraph({ row, lanes, head }: { row: SnapshotRow; lanes: number; head: boolean }) {
  const line = 'absolute w-px -translate-x-1/2 bg-line-strong'
  return (
    <div aria-hidden className="relative shrink-0 self-stretch" style={{ width: `${lanes * LANE}px` }}>
      {row.through.map((lane) => <span key={lane} className={cx(line, 'inset-y-0')} style={{ insetInlineStart: at(lane) }} />)}
      {row.up ? <span className={cx(line, 'top-0 h-5')} style={{ insetInlineStart: at(row.lane) }} /> : null}
      {row.down ? <span className={cx(line, 'top-5 bottom-0')} style={{ insetInlineStart: at(row.lane) }} /> : null}
      {row.joins.map((lane) => (
        <span key={lane}>
          <span className={cx(line, 'top-0 h-5')} style={{ insetInlineStart: at(lane) }} />
          <span className="absolute top-5 h-px bg-line-strong" style={{ insetInlineStart: at(row.lane), width: `${(lane - row.lane) * LANE}px` }} />
        </span>
      ))}
      <span
        className={cx('absolute top-5 size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full border-2', head ? 'border-accent-text bg-accent-text' : 'border-line-strong bg-surface')}
        style={{ insetInlineStart: at(row.lane) }}
      />
    </div>
  )
}
