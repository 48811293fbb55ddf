import { setTimeout as sleep } from 'node:timers/promises'
import type { Call, Expected } from './workload.ts'

/**
 * Writes numbers to its volume one after the other, each flushed before it is told, for ever from the last one it finds. Every start has a mark
 * of its own. A line that was being written when the power went may be there in part.
 */
const WRITING = `( until [ -d /data ]; do sleep 1; done
f=/data/numbers; s=$(cat /proc/sys/kernel/random/uuid)
n=$(grep -E '^[0-9]+x$' $f 2>/dev/null | tail -n 1 | tr -d x); n=$((n + 0))
echo "found $n by $s"
while :; do n=$((n+1)); printf '\\n%sx\\n' $n >> $f && sync && echo "wrote $n by $s"; sleep 0.5; done ) & exec /app/start.sh`

const MARK = 'store-mark'

/** One app with one volume; its machine ends with the node's lease when the volume is strict. */
export async function startStore(call: Call, mode: 'pinned' | 'strict'): Promise<Expected> {
  const { body } = await call('POST', '/apps', {
    name: 'store', image: 'builtin/hello:v1', port: 8080, command: ['/bin/sh', '-c', WRITING], env: { HELLO_MARK: MARK }, resources: { memory: '96m' }, health_check: { path: '/healthz' },
  })
  const id = String(body['id'])
  for (let turn = 0; ; turn += 1, await sleep(500)) {
    const { status, body: answer } = await call('POST', '/volumes', { name: 'data', size: '64m', mode, app_id: id, mount_path: '/data' })
    if (status === 201) return { id, name: 'store', mark: MARK, replicas: 1, stopped: false }
    // A strict volume waits for the node's word that its fence process runs.
    if (turn > 120) throw new Error(`the volume could not be made: ${status} ${JSON.stringify(answer)}`)
  }
}

interface Span { start: string; found: number; wrote: number }

/** What each start found, and the last number it told as written; in the order of what they found. */
export function spansOf(lines: readonly string[]): Span[] {
  const spans = new Map<string, Span>()
  for (const line of lines) {
    const [, verb, digits, start = ''] = /^(found|wrote) (\d+) by ([0-9a-f-]{36})$/.exec(line) ?? []
    if (verb === undefined) continue
    const [number, span] = [Number(digits), spans.get(start) ?? { start, found: Infinity, wrote: 0 }]
    if (verb === 'found') span.found = number
    else [span.found, span.wrote] = [Math.min(span.found, number - 1), Math.max(span.wrote, number)]
    spans.set(start, { ...span, wrote: Math.max(span.wrote, span.found) })
  }
  return [...spans.values()].sort((a, b) => a.found - b.found || a.wrote - b.wrote)
}

/** Empty when every start found all that any start before it had told as written: nothing is lost, and never do two write. */
export const faultsOfSpans = (spans: readonly Span[]): string[] => spans.slice(1).flatMap((span, at) => {
  const before = spans[at]
  return before && span.found < before.wrote ? [`I4 start ${span.start} found ${span.found} in the volume, ${before.start} had written ${before.wrote}`] : []
})
