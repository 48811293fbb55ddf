'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './button.tsx'
import { cx } from './cx.ts'

/** A text that is long to make is made when it is asked for. */
export function CopyButton({ text, label = 'Copy', className }: { text: string | (() => string); label?: string; className?: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => {
    void navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <IconButton size="sm" label={copied ? 'Copied' : label} onClick={copy} className={cx('h-7 w-7', className)}>
      {copied ? <Check aria-hidden className="size-3.5 text-good-mark" /> : <Copy aria-hidden className="size-3.5" />}
    </IconButton>
  )
}

/** One line to copy into a terminal. With `wrap` all of it is seen: who pastes it as root wants to read it. */
export function CommandLine({ command, label, wrap = false }: { command: string; label?: string; wrap?: boolean }) {
  return (
    <div className="flex min-w-0 items-center gap-2 rounded-inner border border-line bg-sunken py-1 ps-3 pe-1 text-start">
      {label === undefined ? null : <span className="text-12 text-muted">{label}</span>}
      <code className={cx('min-w-0 flex-1 text-13', wrap ? 'py-1 break-all whitespace-pre-wrap' : 'overflow-x-auto whitespace-pre')} tabIndex={0}>
        {command}
      </code>
      <CopyButton text={command} label={`Copy ${label ?? 'command'}`} />
    </div>
  )
}

export function Code({ children, copy = false }: { children: string; copy?: boolean }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1 align-bottom">
      <bdi>
        <code className="text-13 break-all">{children}</code>
      </bdi>
      {copy ? <CopyButton text={children} className="-my-1" /> : null}
    </span>
  )
}

const TOLD_APART_BY = 8

/** Ids made together begin alike: where many stand below each other, their ends tell them apart. The whole of it is there to be copied. */
export function ShortId({ id, what }: { id: string; what: string }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <code className="text-13" title={id}>
        <span aria-hidden>…{id.slice(-TOLD_APART_BY)}</span>
        <span className="sr-only">{id}</span>
      </code>
      <CopyButton text={id} label={`Copy ${what}`} className="-my-1" />
    </span>
  )
}
