'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cx } from './cx.ts'

export type Tab = { href: string; label: string; /** Also current below this address. */ deep?: boolean }

/** Tabs are addresses: they can be shared, opened beside each other and gone back from. */
export function Tabs({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  const path = usePathname()
  const list = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a phone the current one may be beyond the edge; only the row itself is scrolled.
    const current = list.current?.querySelector<HTMLElement>('[aria-current=page]')
    if (list.current && current) list.current.scrollLeft = current.offsetLeft - (list.current.clientWidth - current.offsetWidth) / 2
  }, [path])
  return (
    <nav ref={list} aria-label={label} className="relative -mx-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-5">
        {tabs.map((tab) => {
          const current = path === tab.href || (tab.deep === true && path.startsWith(`${tab.href}/`))
          return (
            <li key={tab.href}>
              <Link
                href={tab.href}
                aria-current={current ? 'page' : undefined}
                className={cx(
                  'block border-b-2 border-transparent py-2.5 text-14 whitespace-nowrap text-muted no-underline hover:text-ink',
                  current && 'border-accent-text font-strong text-ink',
                )}>
                {tab.label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
