'use client'
import { Area, Bar, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { ChartMark, ChartProps, ChartSeries } from './chart.tsx'

const colours: Record<ChartSeries['tone'], string> = {
  accent: 'var(--accent)',
  info: 'var(--info-mark)',
  attention: 'var(--attention-mark)',
  bad: 'var(--bad-mark)',
  idle: 'var(--line-strong)',
}
const markColours: Record<ChartMark['tone'], string> = { good: 'var(--good-mark)', bad: 'var(--bad-mark)', idle: 'var(--line-strong)' }
const label = { fontSize: 12, fill: 'var(--muted)' }

/** Of stacked bars, from the first rank on. */
const shades = [1, 0.74, 0.54, 0.38, 0.26, 0.17]

/** A point with a gap on either side has no line to be seen by. */
const lonely = (one: ChartSeries, points: ChartProps['points']) =>
  function Dot({ cx, cy, index = 0 }: { cx?: number; cy?: number; index?: number }) {
    const known = (at: number): boolean => points[at]?.values[one.key] != null
    return known(index) && !known(index - 1) && !known(index + 1) ? <circle key={index} cx={cx} cy={cy} r={2.5} fill={colours[one.tone]} /> : <g key={index} />
  }

function shape(one: ChartSeries, kind: ChartProps['kind'], points: ChartProps['points']) {
  const common = { dataKey: one.key, name: one.label, stroke: colours[one.tone], isAnimationActive: false }
  if (kind === 'bars') return <Bar key={one.key} {...common} stroke="none" fill={colours[one.tone]} radius={[2, 2, 0, 0]} maxBarSize={28} />
  if (kind === 'stacked')
    return (
      <Bar
        key={one.key}
        {...common}
        stackId="all"
        stroke="var(--surface)"
        fill={colours[one.tone]}
        fillOpacity={shades[one.shade ?? 0] ?? 0.17}
        maxBarSize={36}
      />
    )
  if (one.dashed === true) return <Line key={one.key} {...common} strokeDasharray="4 4" strokeWidth={1.5} dot={lonely(one, points)} type="linear" />
  return (
    <Area key={one.key} {...common} strokeWidth={1.75} fill={colours[one.tone]} fillOpacity={0.12} dot={lonely(one, points)} type="linear" connectNulls={false} />
  )
}

type Entry = { name?: unknown; value?: unknown; color?: unknown }

function Tip({
  active,
  label: at,
  payload,
  formatX,
  formatY,
}: { active?: boolean; label?: unknown; payload?: readonly Entry[] } & Pick<ChartProps, 'formatX' | 'formatY'>) {
  if (active !== true || payload === undefined || payload.length === 0) return null
  const say = (value: unknown) => (Array.isArray(value) ? value.map((part) => formatY(Number(part))).join(' to ') : formatY(Number(value)))
  return (
    <div className="rounded-inner border border-line bg-raised px-2.5 py-1.5 text-12 shadow-float">
      <p className="text-muted">{formatX(String(at))}</p>
      {payload.map((entry, index) => (
        <p key={index} className="figures">
          {String(entry.name)} <span className="font-strong">{say(entry.value)}</span>
        </p>
      ))}
    </div>
  )
}

export function ChartPlot({ points, series, formatX, formatY, maximum, kind, band, marks = [], height = 180 }: ChartProps) {
  const data = points.map((point) => ({
    x: point.x,
    ...point.values,
    ...(band === undefined ? {} : { band: point.values[band.low] == null ? null : [point.values[band.low], point.values[band.high]] }),
  }))
  /** A word stands on the side of its line that has more room. */
  const middle = points[Math.floor(points.length / 2)]?.x ?? ''
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart accessibilityLayer={false} data={data} margin={{ top: 6, right: 4, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="x"
          tickFormatter={formatX}
          tick={label}
          tickLine={false}
          axisLine={{ stroke: 'var(--line)' }}
          minTickGap={48}
          height={22}
        />
        <YAxis
          tickFormatter={formatY}
          tick={label}
          tickLine={false}
          axisLine={false}
          width="auto"
          tickCount={height < 150 ? 3 : 5}
          domain={[0, maximum ?? 'auto']}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--line-strong)', fill: 'var(--hover)' }}
          content={(props) => <Tip active={props.active} label={props.label} payload={props.payload} formatX={formatX} formatY={formatY} />}
        />
        {band === undefined ? null : (
          <Area
            dataKey="band"
            name={band.label}
            stroke="none"
            fill="var(--accent)"
            fillOpacity={0.18}
            isAnimationActive={false}
            type="linear"
          />
        )}
        {series.map((one) => shape(one, kind, points))}
        {marks.map((mark, index) => (
          <ReferenceLine
            key={index}
            x={mark.x}
            stroke={markColours[mark.tone]}
            strokeDasharray="3 3"
            strokeWidth={1.5}
            label={{ value: mark.label, position: middle <= mark.x ? 'insideTopRight' : 'insideTopLeft', fontSize: 12, fill: 'var(--muted)' }}
          />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  )
}
