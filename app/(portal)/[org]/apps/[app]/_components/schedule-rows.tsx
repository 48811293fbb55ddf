'use client'
import { Plus, X } from 'lucide-react'
import { Controller, useFieldArray, type UseFormReturn } from 'react-hook-form'
import { DAYS, MAX_WINDOWS, type ScheduleWindow } from '../../../../../../server/contract/autoscaling.ts'
import { Button, IconButton } from '../../../../../_ui/button.tsx'
import { cx } from '../../../../../_ui/cx.ts'
import { Fieldset } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { isCount, isTime, WEEKDAYS, type ScalingValues } from './scaling-values.ts'

type Days = ScheduleWindow['days']
const NAMES: Record<Days[number], string> = { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday' }

function DayButtons({ at, days, onChange, disabled }: { at: number; days: Days; onChange: (days: Days) => void; disabled: boolean }) {
  return (
    <div role="group" aria-label={`Days of window ${at + 1}`} className="flex h-9 gap-0.5 rounded-inner border border-line-strong bg-surface p-0.5">
      {DAYS.map((day) => {
        const on = days.includes(day)
        return (
          <button key={day} type="button" disabled={disabled} aria-pressed={on} aria-label={NAMES[day]} title={NAMES[day]}
            onClick={() => onChange(on ? days.filter((one) => one !== day) : [...days, day])}
            className={cx('w-8 rounded-[4px] text-12 text-muted hover:text-ink disabled:opacity-55', on && 'bg-accent font-strong text-on-accent hover:text-on-accent')}>
            {NAMES[day].slice(0, 2)}
          </button>
        )
      })}
    </div>
  )
}

/** Days beside hours and a number; on a phone they stand under each other. */
export function ScheduleRows({ form, zone, disabled }: { form: UseFormReturn<ScalingValues>; zone: string; disabled: boolean }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'schedule' })
  const errors = form.formState.errors.schedule
  return (
    <Fieldset legend="Schedule" hint={`At these hours at least so many run, whatever the metrics say. Times are those of the organization (${zone}); an end before the beginning is on the next day.`}>
      {fields.map((row, at) => {
        const fault = errors?.[at]
        const said = fault?.days?.message ?? fault?.from?.message ?? fault?.to?.message ?? fault?.at_least?.message ?? fault?.message
        return (
          <div key={row.id} className="flex flex-col gap-1.5 border-b border-line pb-3 last:border-0 sm:border-0 sm:pb-0">
            <div className="flex flex-wrap items-center gap-2">
              <Controller control={form.control} name={`schedule.${at}.days`} rules={{ validate: (days) => days.length > 0 || 'Choose at least one day.' }}
                render={({ field }) => <DayButtons at={at} days={field.value} onChange={field.onChange} disabled={disabled} />} />
              <span className="flex items-center gap-2">
                <Input mono aria-label={`Window ${at + 1} begins`} placeholder="08:00" autoComplete="off" className="w-20" {...form.register(`schedule.${at}.from`, { validate: isTime })} disabled={disabled} />
                <span className="text-muted">to</span>
                <Input mono aria-label={`Window ${at + 1} ends`} placeholder="18:00" autoComplete="off" className="w-20" {...form.register(`schedule.${at}.to`, { validate: isTime })} disabled={disabled} />
              </span>
              <span className="flex items-center gap-2 whitespace-nowrap">
                <span className="text-13 text-muted">at least</span>
                <Input aria-label={`Window ${at + 1}: at least`} inputMode="numeric" autoComplete="off" className="w-16" aria-invalid={fault?.at_least !== undefined || undefined}
                  {...form.register(`schedule.${at}.at_least`, { validate: isCount })} disabled={disabled} />
                <IconButton label={`Remove window ${at + 1}`} disabled={disabled} onClick={() => remove(at)}>
                  <X aria-hidden className="size-4" />
                </IconButton>
              </span>
            </div>
            {said === undefined ? null : <p role="alert" className="text-13 text-bad">{said}</p>}
          </div>
        )
      })}
      {fields.length >= MAX_WINDOWS ? null : (
        <div>
          <Button size="sm" disabled={disabled} icon={<Plus aria-hidden className="size-3.5" />}
            onClick={() => append({ days: [...WEEKDAYS], from: '08:00', to: '18:00', at_least: String(Math.max(2, Number(form.getValues('min')) || 2)) })}>
            Add hours
          </Button>
        </div>
      )}
    </Fieldset>
  )
}
