import type { ReactNode } from 'react'
import { cx } from './cx.ts'

type HeaderProps = { title: ReactNode; status?: ReactNode; facts?: ReactNode; action?: ReactNode; above?: ReactNode; children?: ReactNode }

export function PageHeader({ title, status, facts, action, above, children }: HeaderProps) {
  return (
    <header className="mb-6 flex flex-col gap-2">
      {above === undefined ? null : <div className="text-13 text-muted">{above}</div>}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-20 font-strong">
              <bdi>{title}</bdi>
            </h1>
            {status}
          </div>
          {facts === undefined ? null : <div className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-13 text-muted">{facts}</div>}
        </div>
        {action === undefined ? null : <div className="flex flex-wrap items-center gap-2">{action}</div>}
      </div>
      {children}
    </header>
  )
}

type SectionProps = {
  title?: ReactNode
  hint?: ReactNode
  action?: ReactNode
  children: ReactNode
  className?: string
  id?: string
  level?: 2 | 3
}

export function Section({ title, hint, action, children, className, id, level = 2 }: SectionProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section id={id} className={cx('mb-10 min-w-0', className)}>
      {title === undefined ? null : (
        <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
          <div className="min-w-0">
            <Heading className="text-14 font-strong">{title}</Heading>
            {hint === undefined ? null : <p className="text-13 text-muted">{hint}</p>}
          </div>
          {action}
        </div>
      )}
      {children}
    </section>
  )
}

/** `role`: for what changes by itself and is to be read out. */
export function Panel({ children, className, role }: { children: ReactNode; className?: string; role?: 'status' }) {
  return <div role={role} className={cx('min-w-0 rounded-box border border-line bg-surface p-4', className)}>{children}</div>
}

export function Stat({ label, value, note }: { label: ReactNode; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="text-12 text-muted">{label}</p>
      <p className="figures text-20 font-strong">{value}</p>
      {note === undefined ? null : <p className="figures text-12 text-muted">{note}</p>}
    </div>
  )
}

/** Big figure of a money page. */
export function Figure({ label, value, note }: { label: ReactNode; value: ReactNode; note?: ReactNode }) {
  return (
    <div>
      <p className="text-13 text-muted">{label}</p>
      <p className="figures text-28 font-strong tracking-tight">{value}</p>
      {note === undefined ? null : <p className="figures mt-1 text-13 text-muted">{note}</p>}
    </div>
  )
}

export function KeyValue({ items, columns = false }: { items: ReadonlyArray<readonly [string, ReactNode]>; columns?: boolean }) {
  return (
    <dl className={cx('grid gap-x-6 gap-y-2 text-13', columns ? 'sm:grid-cols-2 lg:grid-cols-3' : '')}>
      {items.map(([name, value]) => (
        <div key={name} className={cx('min-w-0', columns ? '' : 'flex justify-between gap-4')}>
          <dt className="text-muted">{name}</dt>
          <dd className={cx('figures min-w-0', columns ? '' : 'text-end')}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
