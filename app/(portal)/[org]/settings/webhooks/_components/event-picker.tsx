'use client'
import { ChevronRight } from 'lucide-react'
import { Checkbox } from '../../../../../_ui/choices.tsx'
import { Fieldset } from '../../../../../_ui/field.tsx'
import { EVENT_GROUPS, type EventGroup } from './words.ts'

type Props = { value: readonly string[]; onChange: (next: string[]) => void; error?: string | undefined }

const without = (value: readonly string[], group: EventGroup): string[] => value.filter((one) => !one.startsWith(`${group.name}.`))

function Group({ group, value, onChange }: { group: EventGroup } & Props) {
  const all = `${group.name}.*`
  const whole = value.includes(all)
  const chosen = whole ? group.events.length : group.events.filter(({ type }) => value.includes(type)).length
  const toggle = (type: string, on: boolean) => {
    const present = whole ? group.events.map((one) => one.type) : value.filter((one) => one.startsWith(`${group.name}.`))
    const next = on ? [...present, type] : present.filter((one) => one !== type)
    onChange([...without(value, group), ...next])
  }
  return (
    <details className="group border-b border-line last:border-0">
      <summary className="flex cursor-pointer list-none items-center gap-2 px-3 py-2 text-14 hover:bg-hover">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted group-open:rotate-90" />
        <span className="flex-1">{group.title}</span>
        <span className="figures text-12 text-muted">{chosen === 0 ? '' : whole ? 'all' : `${chosen} of ${group.events.length}`}</span>
      </summary>
      <div className="flex flex-col gap-2.5 px-3 pt-1 pb-3 ps-9">
        <Checkbox
          checked={whole}
          onChange={(on) => onChange([...without(value, group), ...(on ? [all] : [])])}
          label="All of these"
          hint={`${all}, those added later too`}
        />
        {group.events.map(({ type, text }) => (
          <Checkbox key={type} checked={whole || value.includes(type)} onChange={(on) => toggle(type, on)} label={<code className="text-13">{type}</code>} hint={text} />
        ))}
      </div>
    </details>
  )
}

/** What is chosen is the filter as the API takes it: types, `group.*`, or `*`. */
export function EventPicker({ value, onChange, error }: Props) {
  const everything = value.includes('*')
  return (
    <Fieldset legend="Events" error={error}>
      <Checkbox checked={everything} onChange={(on) => onChange(on ? ['*'] : [])} label="Every event" hint="Also kinds that are added later" />
      {everything ? null : (
        <div className="rounded-box border border-line bg-surface">
          {EVENT_GROUPS.map((group) => (
            <Group key={group.name} group={group} value={value} onChange={onChange} />
          ))}
        </div>
      )}
    </Fieldset>
  )
}
