'use client'
import { Check, ChevronsUpDown, Plus } from 'lucide-react'
import Link from 'next/link'
import { Popover } from 'radix-ui'
import { useRef, useState, type KeyboardEvent } from 'react'
import { paths } from '../_lib/paths.ts'
import type { Organization } from '../_lib/wire.ts'
import { cx } from '../_ui/cx.ts'
import { Input } from '../_ui/inputs.tsx'

/** So many fit without looking for one. */
const SEARCH_FROM = 6
const row = 'flex w-full min-w-0 items-center gap-2.5 rounded-inner px-2.5 py-1.5 text-14 no-underline outline-none hover:bg-hover focus-visible:bg-hover'

/** Arrow keys walk through search box and links alike; Home and End jump. */
function moveFocus(event: KeyboardEvent<HTMLElement>, box: HTMLElement | null): void {
  const stops = [...(box?.querySelectorAll<HTMLElement>('input, a') ?? [])]
  const at = stops.indexOf(document.activeElement as HTMLElement)
  const steps: Partial<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1 }
  if (!(document.activeElement instanceof HTMLInputElement)) Object.assign(steps, { Home: 0, End: stops.length - 1 })
  const next = steps[event.key]
  if (next === undefined) return
  event.preventDefault()
  stops[Math.max(0, Math.min(stops.length - 1, next))]?.focus()
}

export function OrgSwitcher({ organizations, current }: { organizations: readonly Organization[]; current: Organization }) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const found = organizations.filter((org) => `${org.name} ${org.slug}`.toLowerCase().includes(text.trim().toLowerCase()))
  const change = (next: boolean) => {
    setText('')
    setOpen(next)
  }
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger asChild>
        <button
          type="button"
          aria-label={`Organization ${current.name}, switch`}
          className="flex h-9 w-full min-w-0 items-center justify-between gap-2 rounded-inner border border-line bg-surface px-2.5 text-start hover:bg-hover">
          <bdi className="truncate text-13 font-strong">{current.name}</bdi>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          ref={box}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Organizations"
          onKeyDown={(event) => moveFocus(event, box.current)}
          className="z-50 flex max-h-(--radix-popover-content-available-height) w-64 animate-enter flex-col rounded-box border border-line bg-raised p-1 shadow-float">
          {organizations.length < SEARCH_FROM ? (
            <p className="px-2.5 pt-1.5 pb-1 text-12 text-muted">Organizations</p>
          ) : (
            <div className="p-1.5">
              <Input type="search" aria-label="Find an organization" placeholder="Find an organization" value={text} onChange={(event) => setText(event.target.value)} />
            </div>
          )}
          <ul className="min-h-0 overflow-y-auto">
            {found.map((org) => (
              <li key={org.id}>
                <Link
                  href={paths.apps(org.slug)}
                  aria-current={org.id === current.id ? 'true' : undefined}
                  className={cx(row, org.id === current.id && 'font-strong')}
                  onClick={() => change(false)}>
                  <bdi className="min-w-0 flex-1 truncate">{org.name}</bdi>
                  {org.delete_after === null ? null : <span className="text-12 text-bad">deleting</span>}
                  {org.id === current.id ? <Check aria-hidden className="size-4 shrink-0 text-accent-text" /> : null}
                </Link>
              </li>
            ))}
          </ul>
          {found.length === 0 ? <p className="px-2.5 py-1.5 text-13 text-muted">None of yours is called that.</p> : null}
          <div className="mt-1 border-t border-line pt-1">
            <Link href={paths.newOrganization} className={row} onClick={() => change(false)}>
              <Plus aria-hidden className="size-4 text-muted" />
              New organization
            </Link>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
