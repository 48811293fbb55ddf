'use client'
import { ArrowDown, Download, Pause, Play, WrapText } from 'lucide-react'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { clock } from '../_lib/format.ts'
import { logLevel, type LogLevel } from '../../server/contract/log.ts'
import { plainLog } from '../_lib/plain-log.ts'
import type { LogLine } from '../_lib/wire.ts'
import { Button, IconButton } from './button.tsx'
import { CopyButton } from './copy.tsx'
import { cx } from './cx.ts'
import { Input } from './inputs.tsx'

const SHOWN = 2000
const colours: Record<LogLevel, string> = { error: 'text-bad', warn: 'text-attention', info: '', debug: 'text-faint' }

type LogViewProps = {
  lines: readonly LogLine[]
  /** Said in place of lines while there are none. */
  waiting: string
  /** File name of the download, without its ending. */
  name: string
  className?: string
  /** New lines still arrive; false once the thing that logs has ended. */
  live?: boolean
}

function Line({ line, wrap }: { line: LogLine; wrap: boolean }) {
  const text = plainLog(line.line)
  const level = line.stream === 'system' ? 'info' : logLevel(text)
  return (
    <div
      className={cx(
        'flex gap-3 px-3 [contain-intrinsic-size:auto_20px] [content-visibility:auto] hover:bg-hover',
        wrap ? '' : 'w-max min-w-full',
        line.stream === 'system' && 'text-info',
        colours[level],
      )}>
      <time dateTime={line.at} className="figures shrink-0 text-faint select-none">
        {clock(line.at)}
      </time>
      {line.stream === 'system' ? <span className="shrink-0 select-none">platform</span> : null}
      <span className={cx('min-w-0', wrap ? 'break-all whitespace-pre-wrap' : 'whitespace-pre')}>{text}</span>
    </div>
  )
}

/** Keeps the end in sight while following; scrolling up stops following, and nothing moves under the reader. */
function useFollow(amount: number, following: boolean, onLeave: () => void) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (following && box.current !== null) box.current.scrollTop = box.current.scrollHeight
  }, [amount, following])
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0 && element.scrollHeight > element.clientHeight) onLeave()
    }
    const onTouch = () => {
      if (element.scrollHeight - element.scrollTop - element.clientHeight > 40) onLeave()
    }
    element.addEventListener('wheel', onWheel, { passive: true })
    element.addEventListener('touchmove', onTouch, { passive: true })
    return () => {
      element.removeEventListener('wheel', onWheel)
      element.removeEventListener('touchmove', onTouch)
    }
  }, [onLeave])
  return box
}

export function LogView({ lines, waiting, name, className, live = true }: LogViewProps) {
  const [search, setSearch] = useState('')
  const [wrap, setWrap] = useState(true)
  const [following, setFollowing] = useState(true)
  const [frozen, setFrozen] = useState<readonly LogLine[] | null>(null)
  const [pause] = useState(() => () => setFollowing(false))
  const source = frozen ?? lines
  const found = useMemo(() => {
    const needle = search.trim().toLowerCase()
    return needle === '' ? source : source.filter((line) => line.line.toLowerCase().includes(needle))
  }, [source, search])
  const box = useFollow(found.length, following && frozen === null, pause)
  const shown = found.slice(-SHOWN)
  const asText = () => found.map((line) => `${line.at} ${line.instance_id} ${plainLog(line.line)}`).join('\n')
  const download = () => {
    const url = URL.createObjectURL(new Blob([`${asText()}\n`], { type: 'text/plain' }))
    const anchor = Object.assign(document.createElement('a'), { href: url, download: `${name}.log` })
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(url), 1000)
  }
  const resume = () => {
    setFrozen(null)
    setFollowing(true)
  }
  return (
    <div className={cx('flex min-h-0 min-w-0 flex-col rounded-box border border-line bg-surface', className)}>
      <div className="flex flex-wrap items-center gap-1 border-b border-line p-1.5">
        <div className="min-w-32 flex-1">
          <Input
            aria-label="Search in these lines"
            placeholder="Search"
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="h-8 border-line"
          />
        </div>
        {live ? (
          <Button
            size="sm"
            look="quiet"
            aria-pressed={frozen !== null}
            onClick={() => (frozen === null ? setFrozen(lines) : resume())}
            icon={frozen === null ? <Pause aria-hidden className="size-3.5" /> : <Play aria-hidden className="size-3.5" />}>
            {frozen === null ? 'Pause' : 'Resume'}
          </Button>
        ) : null}
        <IconButton size="sm" label={wrap ? 'Do not wrap lines' : 'Wrap lines'} aria-pressed={wrap} onClick={() => setWrap(!wrap)}>
          <WrapText aria-hidden className={cx('size-4', wrap && 'text-accent-text')} />
        </IconButton>
        <CopyButton text={asText()} label="Copy these lines" className="h-8 w-8" />
        <IconButton size="sm" label="Download these lines" onClick={download}>
          <Download aria-hidden className="size-4" />
        </IconButton>
      </div>
      <div className="relative min-h-0 flex-1">
        <div
          ref={box}
          role="region"
          aria-label="Log"
          tabIndex={0}
          className="h-full min-h-40 overflow-auto py-2 font-mono text-12 leading-5">
          {shown.length < found.length ? (
            <p className="px-3 pb-1 text-faint">
              Showing the last {SHOWN} of {found.length} lines. Download for all of them.
            </p>
          ) : null}
          {shown.map((line) => (
            <Line key={line.id} line={line} wrap={wrap} />
          ))}
          {shown.length === 0 ? (
            <p className="px-3 font-sans text-13 text-muted">{source.length === 0 ? waiting : 'No line contains this text.'}</p>
          ) : null}
        </div>
        {following && frozen === null ? null : (
          <Button
            size="sm"
            className="absolute end-3 bottom-3 shadow-float"
            icon={<ArrowDown aria-hidden className="size-3.5" />}
            onClick={resume}>
            {frozen !== null && lines.length > frozen.length ? `${lines.length - frozen.length} new lines` : 'Follow'}
          </Button>
        )}
      </div>
    </div>
  )
}
