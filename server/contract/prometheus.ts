/** Prometheus' text format, version 0.0.4. Pure, for portal and agent. */

export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

type Labels = Readonly<Record<string, string>>
export interface MetricSample { labels?: Labels; value: number }
export interface MetricHistogram { labels?: Labels; bounds: readonly number[]; bins: readonly number[]; sum: number }
export type MetricFamily =
  | { name: string; help: string; type: 'gauge' | 'counter'; samples: readonly MetricSample[] }
  | { name: string; help: string; type: 'histogram'; histograms: readonly MetricHistogram[] }

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
const labelled = (labels: Labels): string => {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}
const numeral = (value: number): string => (Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN')

const histogramLines = (name: string, { labels = {}, bounds, bins, sum }: MetricHistogram): string[] => {
  let below = 0
  const buckets = bins.map((count, at) => `${name}_bucket${labelled({ ...labels, le: numeral(bounds[at] ?? Infinity) })} ${below += count}`)
  return [...buckets, `${name}_sum${labelled(labels)} ${numeral(sum)}`, `${name}_count${labelled(labels)} ${below}`]
}

export const prometheusText = (families: readonly MetricFamily[]): string =>
  families.map((family) => [
    `# HELP ${family.name} ${family.help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
    `# TYPE ${family.name} ${family.type}`,
    ...(family.type === 'histogram' ? family.histograms.flatMap((one) => histogramLines(family.name, one))
      : family.samples.map(({ labels = {}, value }) => `${family.name}${labelled(labels)} ${numeral(value)}`)),
  ].join('\n')).join('\n') + '\n'
