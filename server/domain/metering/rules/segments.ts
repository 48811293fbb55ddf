/** Allocation segments to meter quantities: what was allocated while an instance ran, clipped to a period. */
export type AllocationSegment = {
  readonly instanceId: string
  readonly appId: string
  readonly vcpu: number
  readonly memoryMib: number
  readonly startedAt: Date
  /** Null while the instance runs: it accrues up to `now`. */
  readonly endedAt: Date | null
}
export type Window = { readonly startsAt: Date; readonly endsAt: Date }
export type AllocationQuantities = { readonly vcpu_seconds: string; readonly memory_mib_seconds: string }

/** Milliseconds of the segment inside `[startsAt, endsAt)`, never beyond `now`. */
export function overlapMs(segment: AllocationSegment, window: Window, now: Date): bigint {
  const end = Math.min((segment.endedAt ?? now).getTime(), window.endsAt.getTime(), now.getTime())
  const start = Math.max(segment.startedAt.getTime(), window.startsAt.getTime())
  return BigInt(Math.max(0, end - start))
}

/** Thousandths as a plain decimal without trailing zeros. */
function thousandths(value: bigint): string {
  const fraction = (value % 1000n).toString().padStart(3, '0').replace(/0+$/, '')
  return `${value / 1000n}${fraction && `.${fraction}`}`
}

export function allocationQuantities(segments: readonly AllocationSegment[], window: Window, now: Date): AllocationQuantities {
  let vcpuMs = 0n
  let memoryMs = 0n
  for (const segment of segments) {
    const ms = overlapMs(segment, window, now)
    vcpuMs += BigInt(segment.vcpu) * ms
    memoryMs += BigInt(segment.memoryMib) * ms
  }
  return { vcpu_seconds: thousandths(vcpuMs), memory_mib_seconds: thousandths(memoryMs) }
}

export function allocationByApp(segments: readonly AllocationSegment[], window: Window, now: Date): ReadonlyMap<string, AllocationQuantities> {
  const byApp = Map.groupBy(segments, (segment) => segment.appId)
  return new Map([...byApp].map(([appId, own]) => [appId, allocationQuantities(own, window, now)]))
}
