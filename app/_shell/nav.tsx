'use client'
import { Activity, AlarmClock, Archive, Banknote, BookOpen, Building2, CreditCard, FileText, Globe, HardDrive, KeyRound, LayoutGrid, Network, Package, Server, Settings, SquareTerminal, Store, Tags, Percent, Scale, TicketPercent, TrendingUp, Users, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cx } from '../_ui/cx.ts'
import type { NavItem } from './nav-items.ts'

const icons: Record<NavItem['icon'], LucideIcon> = {
  apps: LayoutGrid,
  domains: Globe,
  marketplace: Package,
  billing: CreditCard,
  usage: Activity,
  settings: Settings,
  board: LayoutGrid,
  resellers: Store,
  nodes: Server,
  organizations: Building2,
  invoices: FileText,
  catalogue: Tags,
  accounts: Users,
  keys: KeyRound,
  revenue: TrendingUp,
  ledger: BookOpen,
  payments: Banknote,
  reconciliation: Scale,
  coupons: TicketPercent,
  taxes: Percent,
  dunning: AlarmClock,
  volumes: HardDrive,
  terminals: SquareTerminal,
  network: Network,
  backups: Archive,
}
export function NavLinks({ items, label, onFollow }: { items: readonly NavItem[]; label: string; onFollow?: () => void }) {
  const path = usePathname()
  return (
    <nav aria-label={label}>
      <ul className="flex flex-col gap-0.5">
        {items.map((item) => {
          const Icon = icons[item.icon]
          const current = path === item.href || (item.exact !== true && path.startsWith(`${item.href}/`))
          return (
            <li key={item.href}>
              <Link
                href={item.href}
                {...(onFollow === undefined ? {} : { onClick: onFollow })}
                aria-current={current ? 'page' : undefined}
                className={cx(
                  'flex h-9 items-center gap-2.5 rounded-inner px-2.5 text-14 text-muted no-underline hover:bg-hover hover:text-ink',
                  current && 'bg-hover font-strong text-ink',
                )}>
                <Icon aria-hidden className={cx('size-4', current && 'text-accent-text')} />
                {item.label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
