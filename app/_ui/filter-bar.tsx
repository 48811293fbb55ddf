'use client'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Input, Select } from './inputs.tsx'

/** Filters live in the address, so that a view can be shared and gone back to. */
export function useFilters() {
  const router = useRouter()
  const path = usePathname()
  const search = useSearchParams()
  const set = (changes: Record<string, string>) => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') next.delete(name)
      else next.set(name, value)
    }
    router.replace(next.size === 0 ? path : `${path}?${next}`, { scroll: false })
  }
  return {
    get: (name: string) => search.get(name) ?? '',
    set,
    clear: () => router.replace(path, { scroll: false }),
    active: search.size > 0,
  }
}

type FilterBarProps = {
  search?: { name: string; label: string }
  selects?: ReadonlyArray<{ name: string; label: string; options: ReadonlyArray<{ value: string; label: string }> }>
}

function SearchBox({ name, label }: { name: string; label: string }) {
  const filters = useFilters()
  const given = filters.get(name)
  const [text, setText] = useState(given)
  const [seen, setSeen] = useState(given)
  if (seen !== given) {
    setSeen(given)
    setText(given)
  }
  useEffect(() => {
    if (text === given) return
    const timer = setTimeout(() => filters.set({ [name]: text }), 250)
    return () => clearTimeout(timer)
  })
  return <Input type="search" aria-label={label} placeholder={label} value={text} onChange={(event) => setText(event.target.value)} />
}

export function FilterBar({ search, selects = [] }: FilterBarProps) {
  const filters = useFilters()
  return (
    <div role="search" className="mb-3 flex flex-wrap gap-2">
      {search === undefined ? null : (
        <div className="min-w-48 flex-1 sm:max-w-80">
          <SearchBox {...search} />
        </div>
      )}
      {selects.map((select) => (
        <Select
          key={select.name}
          aria-label={select.label}
          className="max-w-full min-w-32"
          value={filters.get(select.name)}
          options={[{ value: '', label: select.label }, ...select.options]}
          onChange={(event) => filters.set({ [select.name]: event.target.value })}
        />
      ))}
    </div>
  )
}
