'use client'
import { useMutation } from '@tanstack/react-query'
import { LogOut, Shield, User } from 'lucide-react'
import { paths } from '../_lib/paths.ts'
import { useTRPC } from '../_lib/trpc.tsx'
import type { Viewer } from '../_lib/wire.ts'
import { Menu, type MenuItem } from '../_ui/menu.tsx'

const icon = 'size-4 text-muted'

export function UserMenu({ viewer }: { viewer: Viewer }) {
  const trpc = useTRPC()
  // A full load, so that nothing of this person stays in memory.
  const signOut = useMutation(trpc.auth.signOut.mutationOptions({ onSettled: () => window.location.assign(paths.signIn) }))
  const items: MenuItem[] = [
    { kind: 'title', label: <bdi>{viewer.user.email}</bdi> },
    { kind: 'link', label: 'Account', href: paths.account, icon: <User aria-hidden className={icon} /> },
    ...(viewer.user.staff
      ? [{ kind: 'link' as const, label: 'Operate the platform', href: paths.admin, icon: <Shield aria-hidden className={icon} /> }]
      : []),
    { kind: 'line' },
    { kind: 'act', label: 'Sign out', icon: <LogOut aria-hidden className={icon} />, onSelect: () => signOut.mutate({}) },
  ]
  return (
    <Menu
      align="start"
      label="Your account"
      items={items}
      trigger={
        <button
          type="button"
          aria-label="Your account"
          className="flex h-10 w-full min-w-0 items-center gap-2.5 rounded-inner px-2 text-start hover:bg-hover">
          <span aria-hidden className="grid size-6 shrink-0 place-items-center rounded-full bg-sunken text-12 font-strong text-muted">
            {(viewer.user.name || viewer.user.email).slice(0, 1).toUpperCase()}
          </span>
          <span className="truncate text-13">{viewer.user.name || viewer.user.email}</span>
        </button>
      }
    />
  )
}
