'use client'
import { useId, type ReactNode } from 'react'
import { cx } from './cx.ts'

/** What a control needs to be announced with its label, hint and error. */
export type ControlProps = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
  'aria-required': boolean | undefined
}

type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  required?: boolean
  className?: string
  children: (control: ControlProps) => ReactNode
}

export function Field({ label, hint, error, required = false, className, children }: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const described = [error === undefined ? '' : errorId, hint === undefined ? '' : hintId].filter((part) => part !== '').join(' ')
  return (
    <div className={cx('flex min-w-0 flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-13 font-strong">
        {label}
        {required ? null : <span className="font-normal text-faint"> (optional)</span>}
      </label>
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-required': required || undefined,
      })}
      {hint === undefined ? null : (
        <p id={hintId} className="text-12 text-muted">
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p id={errorId} role="alert" className="text-13 text-bad">
          {error}
        </p>
      )}
    </div>
  )
}

type FieldsetProps = { legend: ReactNode; hint?: ReactNode; error?: string | undefined; children: ReactNode; className?: string }

export function Fieldset({ legend, hint, error, children, className }: FieldsetProps) {
  return (
    <fieldset className={cx('flex min-w-0 flex-col gap-2', className)}>
      <legend className="mb-1.5 text-13 font-strong">{legend}</legend>
      {hint === undefined ? null : <p className="-mt-1 text-12 text-muted">{hint}</p>}
      {children}
      {error === undefined ? null : (
        <p role="alert" className="text-13 text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}
