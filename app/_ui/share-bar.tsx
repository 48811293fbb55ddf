import { cx } from './cx.ts'

type ShareBarProps = {
  /** Percent of the first. */
  share: number
  /** Where it stops on its way. */
  marks: readonly number[]
  mine: string
  rest: string
}

function Key({ className, name, share }: { className: string; name: string; share: number }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={cx('size-2.5 rounded-[3px]', className)} />
      {name} <span className="figures font-strong">{share} %</span>
    </span>
  )
}

/** How requests are divided between two, with the steps on the way to all of them. */
export function ShareBar({ share, marks, mine, rest }: ShareBarProps) {
  return (
    <div>
      <p className="mb-1.5 flex flex-wrap justify-between gap-x-4 text-13">
        <Key className="bg-info-mark" name={mine} share={share} />
        <Key className="border border-line-strong bg-sunken" name={rest} share={100 - share} />
      </p>
      <div
        role="img"
        aria-label={`${mine}: ${share} % of requests, ${rest}: ${100 - share} %`}
        className="relative h-5 overflow-hidden rounded-[4px] border border-line-strong bg-sunken">
        <div className="absolute inset-y-0 start-0 bg-info-mark transition-[width] duration-500 motion-reduce:transition-none" style={{ width: `${share}%` }} />
        {marks.filter((mark) => mark < 100).map((mark) => (
          <div key={mark} className="absolute inset-y-0 w-px bg-ink/45" style={{ insetInlineStart: `${mark}%` }} />
        ))}
      </div>
      <div aria-hidden className="relative mt-0.5 h-4 text-12 text-muted">
        {marks.map((mark) => (
          <span key={mark} className={cx('figures absolute', mark < 100 && '-translate-x-1/2')} style={mark < 100 ? { insetInlineStart: `${mark}%` } : { insetInlineEnd: 0 }}>{mark}</span>
        ))}
      </div>
    </div>
  )
}
