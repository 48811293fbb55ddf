'use client'
import { useEffect, useState } from 'react'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import type { LogLine } from '../../../../../_lib/wire.ts'

export type LogFilter = { app_id: string; instance_id?: string; level?: string; search?: string; since?: string; tail?: number }
const KEPT = 200_000
const PAINT_MS = 80
const AGAIN_MS = 2000

const isLine = (value: unknown): value is LogLine => typeof value === 'object' && value !== null && 'id' in value && 'line' in value

/** What is asked for, as parameters of an address. */
export function logParameters(orgId: string, filter: Omit<LogFilter, 'app_id' | 'tail'>): URLSearchParams {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')
  return new URLSearchParams({ organization_id: orgId, ...Object.fromEntries(given) })
}

type Listener = { onLines: (lines: LogLine[]) => void; onBroken: (broken: boolean) => void }

/**
 * The browser itself comes back with the id of the last line it saw. Where it gives up, because it was refused, another
 * stream begins behind that line: none is missed, none comes twice.
 */
function listen(address: string, { onLines, onBroken }: Listener): () => void {
  let seen = 0n
  let waiting: LogLine[] = []
  let again: ReturnType<typeof setTimeout> | undefined
  let stream: EventSource
  const open = () => {
    stream = new EventSource(seen === 0n ? address : `${address}&cursor=${seen}`)
    stream.addEventListener('line', (event: MessageEvent<string>) => {
      const line: unknown = JSON.parse(event.data)
      if (!isLine(line) || BigInt(line.id) <= seen) return
      seen = BigInt(line.id)
      waiting.push(line)
    })
    stream.addEventListener('open', () => onBroken(false))
    stream.addEventListener('error', () => {
      onBroken(true)
      if (stream.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS)
    })
    stream.addEventListener('end', () => {
      stream.close()
      onBroken(true)
    })
  }
  const paint = setInterval(() => {
    if (waiting.length > 0) onLines(waiting)
    waiting = []
  }, PAINT_MS)
  open()
  return () => {
    clearInterval(paint)
    clearTimeout(again)
    stream.close()
  }
}

/** Follows the stream of the app, as long as it is wanted. */
export function useLogTail({ app_id, tail = 500, ...filter }: LogFilter, wanted = true): { lines: readonly LogLine[]; broken: boolean } {
  const { org } = useOrg()
  const address = wanted ? `/v1/apps/${app_id}/logs?${logParameters(org.id, filter)}&follow=true&tail=${tail}` : ''
  const [held, setHeld] = useState<{ address: string; lines: readonly LogLine[] }>({ address, lines: [] })
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    if (address === '') return
    return listen(address, {
      onLines: (arrived) => setHeld((old) => ({ address, lines: [...(old.address === address ? old.lines : []), ...arrived].slice(-KEPT) })),
      onBroken: setBroken,
    })
  }, [address])
  return { lines: held.address === address ? held.lines : [], broken: broken && wanted }
}
