'use client'
import { useMutation } from '@tanstack/react-query'
import { ChevronsUpDown, LogOut, Plus, Shield, User } from 'lucide-react'
import { paths } from '../_lib/paths.ts'
import { useTRPC } from '../_lib/trpc.tsx'
import type { Organization, Viewer } from '../_lib/wire.ts'
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

export function OrgSwitcher({ organizations, current }: { organizations: readonly Organization[]; current: Organization }) {
  const items: MenuItem[] = [
    { kind: 'title', label: 'Organizations' },
    ...organizations.map((org) => ({
      kind: 'link' as const,
      label: <bdi>{org.name}</bdi>,
      href: paths.apps(org.slug),
      current: org.id === current.id,
    })),
    { kind: 'line' },
    { kind: 'link', label: 'New organization', href: paths.newOrganization, icon: <Plus aria-hidden className={icon} /> },
  ]
  return (
    <Menu
      align="start"
      label="Organizations"
      items={items}
      trigger={
        <button
          type="button"
          aria-label={`Organization ${current.name}, switch`}
          className="flex h-9 w-full min-w-0 items-center justify-between gap-2 rounded-inner border border-line bg-surface px-2.5 text-start hover:bg-hover">
          <bdi className="truncate text-13 font-strong">{current.name}</bdi>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
        </button>
      }
    />
  )
}
