'use client'
import { useSyncExternalStore } from 'react'
import { ago, day, duration, instant } from '../_lib/format.ts'
import { useBrand } from '../_lib/org-context.tsx'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null
let second = 0

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    second = Date.now()
    listeners.forEach((each) => each())
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer)
      timer = null
    }
  }
}

/** One timer for the whole page, however many times are shown. Null while rendering on the server. */
const useNow = (): number | null =>
  useSyncExternalStore(
    subscribe,
    () => {
      second ||= Date.now()
      return second
    },
    () => null,
  )

function Ago({ value, now }: { value: string; now: number | null }) {
  return (
    <time dateTime={value} title={now === null ? value : instant(value)} className="whitespace-nowrap">
      {now === null ? value.slice(0, 10) : ago(value, now)}
    </time>
  )
}

export function TimeAgo({ value }: { value: string }) {
  return <Ago value={value} now={useNow()} />
}

/** Of what business time says when it was: measures, and what follows from them. The sandbox moves that clock. */
export function BusinessTimeAgo({ value }: { value: string }) {
  const now = useNow()
  const { clock_ahead_ms: aheadMs } = useBrand()
  return <Ago value={value} now={now === null ? null : now + aheadMs} />
}

/** A day by which somebody has to act, and how long that is while it is near. */
export function DueDay({ value }: { value: string }) {
  const now = useNow()
  const left = now === null ? '' : ago(value, now)
  return (
    <time dateTime={value} title={now === null ? value : instant(value)} className="whitespace-nowrap text-bad">
      {now === null ? value.slice(0, 10) : day(value)}
      {left === '' || left === day(value) ? null : <span className="block text-12">{left}</span>}
    </time>
  )
}

export function Elapsed({ from, to }: { from: string; to: string | null }) {
  const now = useNow()
  const end = to === null ? now : Date.parse(to)
  return <span className="figures whitespace-nowrap">{end === null ? '' : duration(end - Date.parse(from))}</span>
}

/** How long until something may happen, and what it waits for when that is over. */
export function Remaining({ from, seconds, after }: { from: string; seconds: number; after: string }) {
  const now = useNow()
  if (now === null) return null
  const left = Math.ceil((Date.parse(from) + seconds * 1_000 - now) / 1_000)
  return left > 0 ? <>goes on in <span className="figures">{duration(left * 1_000)}</span> at the earliest</> : <>goes on {after}</>
}
