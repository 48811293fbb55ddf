'use client'
import Link from 'next/link'
import { DropdownMenu as Parts } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type MenuItem =
  | { kind: 'act'; label: ReactNode; icon?: ReactNode; danger?: boolean; disabled?: string | null; onSelect: () => void }
  | { kind: 'link'; label: ReactNode; icon?: ReactNode; href: string; current?: boolean }
  | { kind: 'line' }
  | { kind: 'title'; label: ReactNode }

const row =
  'flex w-full cursor-default items-center gap-2.5 rounded-inner px-2.5 py-1.5 text-14 outline-none select-none data-highlighted:bg-hover'

function Row({ item }: { item: MenuItem }) {
  if (item.kind === 'line') return <Parts.Separator className="my-1 h-px bg-line" />
  if (item.kind === 'title') return <Parts.Label className="px-2.5 pt-1.5 pb-1 text-12 text-muted">{item.label}</Parts.Label>
  if (item.kind === 'link') {
    return (
      <Parts.Item asChild>
        <Link
          href={item.href}
          aria-current={item.current === true ? 'true' : undefined}
          className={cx(row, 'no-underline', item.current === true && 'font-strong')}>
          {item.icon}
          {item.label}
        </Link>
      </Parts.Item>
    )
  }
  const reason = item.disabled ?? null
  return (
    <Parts.Item
      disabled={reason !== null}
      onSelect={item.onSelect}
      className={cx(row, item.danger === true && 'text-bad', reason !== null && 'text-faint')}>
      {item.icon}
      <span className="min-w-0">
        {item.label}
        {reason === null ? null : <span className="block text-12">{reason}</span>}
      </span>
    </Parts.Item>
  )
}

type MenuProps = { trigger: ReactNode; items: readonly MenuItem[]; align?: 'start' | 'end'; label?: string }

export function Menu({ trigger, items, align = 'end', label }: MenuProps) {
  return (
    <Parts.Root>
      <Parts.Trigger asChild>{trigger}</Parts.Trigger>
      <Parts.Portal>
        <Parts.Content
          align={align}
          sideOffset={4}
          aria-label={label}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) max-w-80 min-w-48 animate-enter overflow-y-auto rounded-box border border-line bg-raised p-1 shadow-float">
          {items.map((item, index) => (
            <Row key={index} item={item} />
          ))}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  )
}
