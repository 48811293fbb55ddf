'use client'
import { ArrowDown, Download, Pause, Play, WrapText } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { plainLog } from '../_lib/plain-log.ts'
import type { LogLine } from '../_lib/wire.ts'
import { Button, IconButton } from './button.tsx'
import { CopyButton } from './copy.tsx'
import { cx } from './cx.ts'
import { Input } from './inputs.tsx'
import { LogRows } from './log-rows.tsx'

type LogViewProps = {
  lines: readonly LogLine[]
  /** Said in place of lines while there are none. */
  waiting: string
  /** File name of the download, without its ending. */
  name: string
  className?: string
  /** New lines still arrive; false once the thing that logs has ended. */
  live?: boolean
  /** The lines were searched already, by somebody who knows more of them. */
  search?: { value: string; set: (value: string) => void }
  /** Where every line is to be had, beyond those shown. */
  downloadHref?: string
  onEdge?: (edge: 'first' | 'last') => void
}

const asText = (lines: readonly LogLine[]): string => lines.map((line) => `${line.at} ${line.instance_id} ${plainLog(line.line)}`).join('\n')

function saveAs(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

/** `/` goes to the search, unless somebody is writing. */
function useSlash(input: React.RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const writing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]') !== null
      if (event.key !== '/' || writing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      input.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [input])
}

/** Waits until somebody stops writing. */
function SearchBox({ value, set }: { value: string; set: (value: string) => void }) {
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  useSlash(input)
  if (seen !== value) {
    setSeen(value)
    setText(value)
  }
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => set(text), 300)
    return () => clearTimeout(timer)
  })
  return (
    <Input
      ref={input}
      aria-label="Search in these lines"
      placeholder="Search"
      type="search"
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.target.value)}
      className="h-8 border-line"
    />
  )
}

function Tools({ lines, name, downloadHref }: { lines: readonly LogLine[]; name: string; downloadHref?: string | undefined }) {
  return (
    <>
      <CopyButton text={() => asText(lines)} label="Copy these lines" className="h-8 w-8" />
      {downloadHref === undefined ? (
        <IconButton size="sm" label="Download these lines" onClick={() => saveAs(asText(lines), `${name}.log`)}>
          <Download aria-hidden className="size-4" />
        </IconButton>
      ) : (
        <a
          href={downloadHref}
          download
          aria-label="Download every line that fits"
          title="Download every line that fits"
          className="inline-flex size-8 items-center justify-center rounded-inner text-muted hover:bg-hover hover:text-ink">
          <Download aria-hidden className="size-4" />
        </a>
      )}
    </>
  )
}

export function LogView({ lines, waiting, name, className, live = true, search, downloadHref, onEdge }: LogViewProps) {
  const [own, setOwn] = useState('')
  const [wrap, setWrap] = useState(true)
  const [following, setFollowing] = useState(live)
  const [frozen, setFrozen] = useState<readonly LogLine[] | null>(null)
  const source = frozen ?? lines
  const needle = (search?.value ?? own).trim()
  const found = useMemo(() => {
    const sought = search === undefined ? own.trim().toLowerCase() : ''
    return sought === '' ? source : source.filter((line) => line.line.toLowerCase().includes(sought))
  }, [source, search, own])
  const resume = () => {
    setFrozen(null)
    setFollowing(true)
  }
  return (
    <div className={cx('flex min-h-0 min-w-0 flex-col rounded-box border border-line bg-surface', className)}>
      <div className="flex flex-wrap items-center gap-1 border-b border-line p-1.5">
        <div className="min-w-32 flex-1">
          <SearchBox value={search?.value ?? own} set={search?.set ?? setOwn} />
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
        <Tools lines={found} name={name} downloadHref={downloadHref} />
      </div>
      <div className="relative min-h-0 flex-1">
        <LogRows
          lines={found}
          wrap={wrap}
          needle={needle}
          following={following && frozen === null}
          onFollowing={setFollowing}
          {...(onEdge === undefined ? {} : { onEdge })}
          empty={source.length === 0 ? waiting : 'No line contains this text.'}
        />
        {!live || (following && frozen === null) ? null : (
          <Button size="sm" className="absolute end-3 bottom-3 shadow-float" icon={<ArrowDown aria-hidden className="size-3.5" />} onClick={resume}>
            {frozen !== null && lines.length > frozen.length ? `${lines.length - frozen.length} new lines` : 'Follow'}
          </Button>
        )}
      </div>
    </div>
  )
}
