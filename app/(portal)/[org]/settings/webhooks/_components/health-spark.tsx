import { plural } from '../../../../../_lib/format.ts'
import type { WebhookWithActivity } from '../../../../../_lib/wire.ts'

const [WIDTH, HEIGHT] = [96, 20]

/** Attempts of the last 24 hours, one bar an hour; failed ones stand on top and are hatched by their tone and named in the text. */
export function HealthSpark({ activity }: { activity: WebhookWithActivity['activity'] }) {
  const most = Math.max(1, ...activity.map((hour) => hour.succeeded + hour.failed))
  const [succeeded, failed] = activity.reduce(([s, f], hour) => [s + hour.succeeded, f + hour.failed], [0, 0])
  const words = succeeded + failed === 0 ? 'No attempts in 24 hours' : `${plural(succeeded + failed, 'attempt')} in 24 hours, ${failed} failed`
  const step = WIDTH / Math.max(1, activity.length)
  return (
    <span className="inline-flex items-center gap-2">
      <svg role="img" aria-label={words} width={WIDTH} height={HEIGHT} className="shrink-0">
        <title>{words}</title>
        <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="stroke-line" />
        {activity.map((hour, index) => {
          const good = (hour.succeeded / most) * (HEIGHT - 2)
          const bad = (hour.failed / most) * (HEIGHT - 2)
          return (
            <g key={hour.at}>
              <rect x={index * step} width={step - 1} y={HEIGHT - 1 - good} height={good} className="fill-good-mark" />
              <rect x={index * step} width={step - 1} y={HEIGHT - 1 - good - bad} height={bad} className="fill-bad-mark" />
            </g>
          )
        })}
      </svg>
      <span className="figures text-12 text-muted">{failed === 0 ? (succeeded === 0 ? 'quiet' : `${succeeded} ok`) : `${failed} failed`}</span>
    </span>
  )
}
