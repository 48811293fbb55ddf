'use client'
import { ChevronDown, Eye, EyeOff } from 'lucide-react'
import { useState, type ComponentProps, type ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { cx } from './cx.ts'

const control =
  'w-full min-w-0 rounded-inner border border-line-strong bg-surface px-3 text-14 text-ink placeholder:text-faint ' +
  'disabled:opacity-60 aria-invalid:border-bad-mark max-sm:text-16'

type InputProps = ComponentProps<'input'> & {
  /** Fixed text inside the frame, such as a unit or a domain. */
  before?: ReactNode
  after?: ReactNode
  mono?: boolean
}

export function Input({ before, after, mono = false, className, ...rest }: InputProps) {
  const input = (extra: string) => <input {...rest} className={cx(extra, mono && 'font-mono text-13', className)} />
  if (before === undefined && after === undefined) return input(cx(control, 'h-9'))
  return (
    <div className="flex h-9 w-full min-w-0 items-center rounded-inner border border-line-strong bg-surface focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-text has-aria-invalid:border-bad-mark">
      {before === undefined ? null : <span className="ps-3 text-13 whitespace-nowrap text-muted">{before}</span>}
      {input('h-full w-full min-w-0 bg-transparent px-3 text-14 outline-none placeholder:text-faint max-sm:text-16')}
      {after === undefined ? null : <span className="flex items-center pe-3 text-13 whitespace-nowrap text-muted">{after}</span>}
    </div>
  )
}

export function PasswordInput(props: Omit<ComponentProps<'input'>, 'type'>) {
  const [shown, setShown] = useState(false)
  return (
    <div className="relative">
      <input {...props} type={shown ? 'text' : 'password'} className={cx(control, 'h-9 pe-11')} />
      <IconButton
        size="sm"
        label={shown ? 'Hide password' : 'Show password'}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute end-1 top-1/2 h-7 w-8 -translate-y-1/2">
        {shown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
      </IconButton>
    </div>
  )
}

export function Textarea({ mono = false, className, ...rest }: ComponentProps<'textarea'> & { mono?: boolean }) {
  return <textarea {...rest} className={cx(control, 'min-h-24 py-2 leading-5', mono && 'font-mono text-13', className)} />
}

type SelectProps = ComponentProps<'select'> & { options: ReadonlyArray<{ value: string; label: string; disabled?: boolean }> }

/** The platform's own select: best on phones and with assistive technology. */
export function Select({ options, className, ...rest }: SelectProps) {
  return (
    <div className={cx('relative min-w-0', className)}>
      <select {...rest} className={cx(control, 'h-9 appearance-none pe-9')}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute end-2.5 top-2.5 size-4 text-muted" />
    </div>
  )
}
