'use client'
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { LogLevel } from '../../server/contract/log.ts'
import { clock } from '../_lib/format.ts'
import type { LogLine } from '../_lib/wire.ts'
import { cx } from './cx.ts'
import { endsOf, lineAt, piecesOf, rowOf } from './log-layout.ts'

const colours: Record<LogLevel, string> = { error: 'text-bad', warn: 'text-attention', info: '', debug: 'text-faint' }
/** Drawn above and below what is seen, so that scrolling shows no gap. */
const MARGIN_PX = 400
const PADDING_PX = 24
const TIME_COLUMNS = 13
const NEAR_PX = 200

function Line({ line, top, columns, needle }: { line: LogLine; top: number; columns: number | null; needle: string }) {
  const { text } = rowOf(line)
  return (
    <div
      title={`${line.at} ${line.instance_id}`}
      style={{ top }}
      className={cx('absolute flex px-3 hover:bg-hover', columns === null ? 'min-w-full' : 'inset-x-0', line.stream === 'system' ? 'text-info' : colours[line.level])}>
      <time dateTime={line.at} className="figures w-[13ch] shrink-0 truncate text-faint select-none">
        {clock(line.at)}
      </time>
      <span
        style={columns === null ? undefined : { width: `${columns}ch` }}
        className={cx('min-w-0', columns === null ? 'whitespace-pre' : 'break-all whitespace-pre-wrap')}>
        {piecesOf(text, needle).map((piece, at) =>
          at % 2 === 0 ? (
            piece
          ) : (
            <mark key={at} className="rounded-[2px] bg-[color-mix(in_oklab,var(--accent)_28%,transparent)] text-inherit">
              {piece}
            </mark>
          ),
        )}
      </span>
    </div>
  )
}

type Seen = { top: number; height: number; columns: number }

/** How much of the box is seen, and how many letters fit beside the time. */
function useSeen(box: React.RefObject<HTMLDivElement | null>, probe: React.RefObject<HTMLSpanElement | null>) {
  const [seen, setSeen] = useState<Seen>({ top: 0, height: 600, columns: 80 })
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = () => {
      const letter = (probe.current?.getBoundingClientRect().width ?? 720) / 100
      const columns = Math.max(16, Math.floor((element.clientWidth - PADDING_PX) / letter) - TIME_COLUMNS)
      setSeen({ top: element.scrollTop, height: element.clientHeight, columns })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    void document.fonts.ready.then(measure)
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [box, probe])
  return seen
}

type LogRowsProps = {
  lines: readonly LogLine[]
  wrap: boolean
  following: boolean
  onFollowing: (following: boolean) => void
  /** Marked in every line. */
  needle?: string
  /** The reader came near the first or last line. */
  onEdge?: (edge: 'first' | 'last') => void
  /** Said in place of lines while there are none. */
  empty: ReactNode
}

/** Draws only the lines in sight. While following the end stays in sight; else nothing moves under the reader, whatever is added at either end. */
export function LogRows({ lines, wrap, following, onFollowing, needle = '', onEdge, empty }: LogRowsProps) {
  const box = useRef<HTMLDivElement>(null)
  const probe = useRef<HTMLSpanElement>(null)
  const { top, height, columns } = useSeen(box, probe)
  const wrapped = wrap ? columns : null
  const ends = useMemo(() => endsOf(lines, wrapped), [lines, wrapped])
  const total = ends.at(-1) ?? 0
  const [from, to] = [lineAt(ends, top - MARGIN_PX), lineAt(ends, top + height + MARGIN_PX) + 1]
  const anchor = useRef<{ id: string; offset: number } | null>(null)

  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const held = anchor.current
    if (following) element.scrollTop = element.scrollHeight
    else if (held !== null) {
      const at = placeOf(lines, held.id)
      if (at >= 0) element.scrollTop = (at === 0 ? 0 : (ends[at - 1] ?? 0)) + held.offset
    }
  }, [lines, ends, following])

  const onScroll = () => {
    const element = box.current
    if (element === null || lines.length === 0) return
    const below = total - element.scrollTop - element.clientHeight
    const first = Math.min(lineAt(ends, element.scrollTop), lines.length - 1)
    anchor.current = { id: lines[first]?.id ?? '', offset: element.scrollTop - (first === 0 ? 0 : (ends[first - 1] ?? 0)) }
    if (element.scrollTop < NEAR_PX) onEdge?.('first')
    if (below < NEAR_PX) onEdge?.('last')
  }
  const leaves = () => {
    const element = box.current
    if (following && element !== null && element.scrollHeight > element.clientHeight) onFollowing(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'End' && !event.shiftKey) onFollowing(true)
    else if (['Home', 'PageUp', 'ArrowUp'].includes(event.key)) leaves()
  }
  return (
    <div
      ref={box}
      role="region"
      aria-label="Log"
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onWheel={(event) => (event.deltaY < 0 ? leaves() : undefined)}
      onTouchMove={() => (isAtEnd(box.current) ? undefined : leaves())}
      className="relative h-full min-h-40 overflow-auto font-mono text-12 leading-5 [overflow-anchor:none]">
      <span aria-hidden className="invisible absolute size-0 overflow-hidden">
        <span ref={probe} className="inline-block whitespace-pre">
          {'0'.repeat(100)}
        </span>
      </span>
      <div className="relative my-2" style={{ height: total }}>
        {lines.slice(from, to).map((line, at) => (
          <Line key={line.id} line={line} top={from + at === 0 ? 0 : (ends[from + at - 1] ?? 0)} columns={wrapped} needle={needle} />
        ))}
      </div>
      {lines.length === 0 ? <div className="px-3 font-sans text-13 text-muted">{empty}</div> : null}
    </div>
  )
}

const isAtEnd = (element: HTMLElement | null): boolean => element === null || element.scrollHeight - element.scrollTop - element.clientHeight <= 40

/** Lines are in the order of their numbers. */
function placeOf(lines: readonly LogLine[], id: string): number {
  const sought = BigInt(id === '' ? 0 : id)
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (BigInt(lines[middle]?.id ?? 0) < sought) low = middle + 1
    else high = middle
  }
  return low < lines.length ? low : -1
}
