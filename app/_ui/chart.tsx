'use client'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { PanelSkeleton } from './states.tsx'

export type ChartPoint = { x: string; values: Record<string, number | null> }
export type ChartSeries = { key: string; label: string; tone: 'accent' | 'info' | 'attention' | 'bad' | 'idle'; dashed?: boolean; shade?: number }
/** A vertical line at one of the points, with a word at its top. */
export type ChartMark = { x: string; label: string; tone: 'good' | 'bad' | 'idle' }
export type ChartProps = {
  title: string
  points: readonly ChartPoint[]
  series: readonly ChartSeries[]
  formatX: (x: string) => string
  formatY: (y: number) => string
  height?: number
  maximum?: number
  kind?: 'area' | 'bars' | 'stacked'
  /** A second pair of keys drawn as a band from low to high. */
  band?: { low: string; high: string; label: string }
  marks?: readonly ChartMark[]
}

const Plot = dynamic(() => import('./chart-plot.tsx').then((module) => module.ChartPlot), {
  ssr: false,
  loading: () => <PanelSkeleton label="Loading chart" className="h-full" />,
})

/** A picture with the same numbers as a table behind it. */
export function Chart(props: ChartProps & { note?: ReactNode; plain?: boolean }) {
  const { title, points, series, formatX, formatY, height = 180, note, plain = false } = props
  return (
    <figure className="min-w-0">
      <div style={{ height }} aria-hidden>
        <Plot {...props} />
      </div>
      {plain ? (
        <figcaption className="sr-only">{title}</figcaption>
      ) : (
        <figcaption className="mt-1 text-12 text-muted">
          {note}
          <details>
            <summary className="w-max py-1">Show {title.toLowerCase()} as a table</summary>
            <div className="max-h-60 overflow-auto rounded-inner border border-line">
              <table className="w-full text-start">
                <thead>
                  <tr>
                    <th scope="col" className="px-2 py-1 text-start font-normal">
                      Time
                    </th>
                    {series.map((one) => (
                      <th key={one.key} scope="col" className="px-2 py-1 text-end font-normal">
                        {one.label}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody className="figures">
                  {points.map((point) => (
                    <tr key={point.x}>
                      <td className="px-2 py-0.5">{formatX(point.x)}</td>
                      {series.map((one) => {
                        const value = point.values[one.key] ?? null
                        return (
                          <td key={one.key} className="px-2 py-0.5 text-end">
                            {value === null ? 'no data' : formatY(value)}
                          </td>
                        )
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        </figcaption>
      )}
    </figure>
  )
}
