'use client'
import { Check } from 'lucide-react'
import { Checkbox as CheckboxParts, RadioGroup } from 'radix-ui'
import { useId, type ReactNode } from 'react'
import { cx } from './cx.ts'

type ToggleProps = { checked: boolean; onChange: (checked: boolean) => void; label: ReactNode; hint?: ReactNode; disabled?: boolean }

export function Checkbox({ checked, onChange, label, hint, disabled = false }: ToggleProps) {
  const id = useId()
  return (
    <div className="flex gap-2.5">
      <CheckboxParts.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(state) => onChange(state === true)}
        className="mt-0.5 grid size-4.5 shrink-0 place-items-center rounded-[4px] border border-line-strong bg-surface data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-55">
        <CheckboxParts.Indicator>
          <Check aria-hidden className="size-3.5 text-on-accent" strokeWidth={3} />
        </CheckboxParts.Indicator>
      </CheckboxParts.Root>
      <label htmlFor={id} className="text-14">
        {label}
        {hint === undefined ? null : <span className="block text-12 text-muted">{hint}</span>}
      </label>
    </div>
  )
}

export type RadioOption = { value: string; title: ReactNode; detail?: ReactNode; aside?: ReactNode; disabled?: string | undefined }
type RadioCardsProps = {
  label: string
  value: string
  onChange: (value: string) => void
  options: readonly RadioOption[]
  columns?: string
}

export function RadioCards({ label, value, onChange, options, columns = 'sm:grid-cols-2 lg:grid-cols-4' }: RadioCardsProps) {
  return (
    <RadioGroup.Root aria-label={label} value={value} onValueChange={onChange} className={cx('grid gap-2', columns)}>
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled !== undefined}
          className="group flex min-w-0 items-start justify-between gap-3 rounded-box border border-line-strong/70 bg-surface p-3 text-start hover:bg-hover disabled:opacity-60 data-[state=checked]:border-accent-text data-[state=checked]:inset-ring data-[state=checked]:inset-ring-accent-text sm:flex-col">
          <span className="flex min-w-0 items-start gap-2.5">
            <span
              aria-hidden
              className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong group-data-[state=checked]:border-accent-text">
              <span className="size-2 rounded-full bg-accent-text opacity-0 group-data-[state=checked]:opacity-100" />
            </span>
            <span className="min-w-0">
              <span className="block font-strong">{option.title}</span>
              {option.detail === undefined ? null : <span className="block text-12 text-muted">{option.disabled ?? option.detail}</span>}
            </span>
          </span>
          {option.aside === undefined ? null : <span className="figures shrink-0 text-13 sm:ps-6.5">{option.aside}</span>}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
