'use client'
import { useEffect, useState } from 'react'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import type { LogLine } from '../../../../../_lib/wire.ts'

export type LogFilter = { app_id: string; instance_id?: string; tail?: number }
const KEPT = 5000
const PAINT_MS = 80

const isLine = (value: unknown): value is LogLine => typeof value === 'object' && value !== null && 'id' in value && 'line' in value

/**
 * Follows the stream of the app. The browser comes back with the id of the last line it saw, so a tab that slept
 * or a network that broke goes on where it stopped.
 */
export function useLogTail({ app_id, instance_id = '', tail = 500 }: LogFilter): { lines: readonly LogLine[]; broken: boolean } {
  const { org } = useOrg()
  const search = new URLSearchParams({
    follow: 'true',
    organization_id: org.id,
    tail: String(tail),
    ...(instance_id === '' ? {} : { instance_id }),
  })
  const address = `/v1/apps/${app_id}/logs?${search}`
  const [held, setHeld] = useState<{ address: string; lines: readonly LogLine[] }>({ address, lines: [] })
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    const stream = new EventSource(address)
    let waiting: LogLine[] = []
    let seen = 0n
    const paint = setInterval(() => {
      if (waiting.length === 0) return
      const arrived = waiting
      waiting = []
      setHeld((old) => ({ address, lines: [...(old.address === address ? old.lines : []), ...arrived].slice(-KEPT) }))
    }, PAINT_MS)
    stream.addEventListener('line', (event: MessageEvent<string>) => {
      const line: unknown = JSON.parse(event.data)
      if (!isLine(line) || BigInt(line.id) <= seen) return
      seen = BigInt(line.id)
      waiting.push(line)
    })
    stream.addEventListener('open', () => setBroken(false))
    stream.addEventListener('error', () => setBroken(true))
    stream.addEventListener('end', () => {
      stream.close()
      setBroken(true)
    })
    return () => {
      clearInterval(paint)
      stream.close()
    }
  }, [address])
  return { lines: held.address === address ? held.lines : [], broken }
}
