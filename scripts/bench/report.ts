/** One measured thing, beside what it was measured against in the same run. */
export interface Figure {
  what: string
  value: number
  unit: string
  reference?: { what: string; value: number }
  /** As docs/operations name it, e.g. `<= 400`. */
  target?: string
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

const short = (value: number): string => value >= 100 ? Math.round(value).toString() : value.toPrecision(3)

export function describe({ what, value, unit, reference, target }: Figure): string {
  const beside = reference ? `, ${reference.what} ${short(reference.value)} ${unit}, ratio ${(value / reference.value).toFixed(2)}` : ''
  return `${what}: ${short(value)} ${unit}${beside}${target ? ` (target ${target} ${unit})` : ''}`
}

export function withRatio(figure: Figure): Figure & { ratio?: number } {
  return figure.reference ? { ...figure, ratio: figure.value / figure.reference.value } : figure
}
