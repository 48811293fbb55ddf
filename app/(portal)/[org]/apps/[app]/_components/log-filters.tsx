'use client'
import { useState } from 'react'
import { Button } from '../../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../../_ui/filter-bar.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { useApp } from './app-scope.tsx'

const levels = [
  { value: 'error', label: 'Errors' },
  { value: 'warn', label: 'Warnings and errors' },
  { value: 'info', label: 'All but debug' },
]
const ranges = [
  { value: '15m', label: 'Last 15 minutes' },
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
]

const pad = (value: number): string => String(value).padStart(2, '0')
/** As a field for local times takes it. */
const localOf = (instant: string): string => {
  const at = new Date(instant)
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`
}

function Jump() {
  const filters = useFilters()
  const at = filters.get('at')
  const [text, setText] = useState(at === '' ? '' : localOf(at))
  const [seen, setSeen] = useState(at)
  if (seen !== at) {
    setSeen(at)
    setText(at === '' ? '' : localOf(at))
  }
  const go = () => filters.set({ at: text === '' ? '' : new Date(text).toISOString() })
  return (
    <form
      className="mb-3 flex gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}>
      <Input type="datetime-local" aria-label="Go to a time" value={text} onChange={(event) => setText(event.target.value)} />
      <Button type="submit" disabled={text === ''}>
        Go
      </Button>
      {at === '' ? null : (
        <Button look="quiet" onClick={() => filters.set({ at: '' })}>
          Back to now
        </Button>
      )}
    </form>
  )
}

/** All of it in the address. */
export function LogFilters() {
  const app = useApp()
  const filters = useFilters()
  const chosen = filters.get('instance')
  const instances = app.instances.map((one) => one.id)
  const known = chosen === '' || instances.includes(chosen) ? instances : [...instances, chosen]
  return (
    <div className="flex flex-wrap justify-between gap-x-3">
      <FilterBar
        selects={[
          { name: 'level', label: 'Every level', options: levels },
          { name: 'instance', label: 'Every instance', options: known.map((id) => ({ value: id, label: id })) },
          ...(filters.get('at') === '' ? [{ name: 'since', label: 'Any time', options: ranges }] : []),
        ]}
      />
      <Jump />
    </div>
  )
}
