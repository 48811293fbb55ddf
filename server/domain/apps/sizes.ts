const UNIT_MIB: Record<string, number> = { m: 1, mb: 1, mib: 1, g: 1024, gb: 1024, gib: 1024 }

/** "256m", "1.5 g" -> MiB, rounded up. The contract's `Size` has checked the form. */
export const toMib = (size: string): number => {
  const match = /^([\d.]+)\s*([a-z]+)$/i.exec(size)
  const factor = UNIT_MIB[match?.[2]?.toLowerCase() ?? '']
  if (!match?.[1] || !factor) throw new Error(`not a size: ${size}`)
  return Math.ceil(Number(match[1]) * factor)
}

export const fromMib = (mib: number): string => (mib >= 1024 && mib % 1024 === 0 ? `${mib / 1024}g` : `${mib}m`)

/** "5s" -> 5. */
export const toSeconds = (text: string): number => Number.parseInt(text, 10)
