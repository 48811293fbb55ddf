'use client'
import { Menu as MenuIcon, X } from 'lucide-react'
import Link from 'next/link'
import { Dialog } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { useBrand } from '../_lib/org-context.tsx'
import { paths } from '../_lib/paths.ts'
import type { Viewer } from '../_lib/wire.ts'
import { BrandMark } from '../_ui/brand-mark.tsx'
import { IconButton } from '../_ui/button.tsx'
import { ThemeToggle } from '../_ui/theme.tsx'
import type { NavItem } from './nav-items.ts'
import { NavLinks } from './nav.tsx'
import { UserMenu } from './user-menu.tsx'

type ShellProps = { nav: readonly NavItem[]; navLabel: string; viewer: Viewer; switcher: ReactNode; children: ReactNode }

function Side({ nav, navLabel, viewer, switcher, onFollow }: Omit<ShellProps, 'children'> & { onFollow?: () => void }) {
  return (
    <div className="flex h-full flex-col gap-4 p-3">
      <div className="flex flex-col gap-3">{switcher}</div>
      <NavLinks items={nav} label={navLabel} {...(onFollow === undefined ? {} : { onFollow })} />
      <div className="mt-auto flex flex-col gap-2">
        <ThemeToggle />
        <UserMenu viewer={viewer} />
      </div>
    </div>
  )
}

function Drawer(props: Omit<ShellProps, 'children'>) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <IconButton label="Open navigation">
          <MenuIcon aria-hidden className="size-5" />
        </IconButton>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[#000000]/45" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 start-0 z-50 flex w-[min(300px,86vw)] animate-sheet flex-col bg-canvas shadow-float">
          <div className="flex items-center justify-between ps-4 pe-2 pt-2">
            <Dialog.Title className="text-13 text-muted">Navigation</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close navigation">
                <X aria-hidden className="size-5" />
              </IconButton>
            </Dialog.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">
            <Side {...props} onFollow={() => setOpen(false)} />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

export function Shell({ children, ...side }: ShellProps) {
  const brand = useBrand()
  return (
    <div className="lg:grid lg:grid-cols-[232px_minmax(0,1fr)]">
      <div className="hidden border-e border-line lg:block">
        <div className="sticky top-0 flex h-dvh flex-col">
          <Link href={paths.home} className="px-5 pt-4 pb-1 no-underline">
            <BrandMark brand={brand} />
          </Link>
          <div className="min-h-0 flex-1 overflow-y-auto">
            <Side {...side} />
          </div>
        </div>
      </div>
      <div className="sticky top-0 z-30 flex h-14 items-center justify-between gap-3 border-b border-line bg-canvas px-4 lg:hidden">
        <Link href={paths.home} className="min-w-0 no-underline">
          <BrandMark brand={brand} />
        </Link>
        <Drawer {...side} />
      </div>
      <main id="main" tabIndex={-1} className="min-h-[70vh] w-full max-w-300 min-w-0 px-4 py-6 outline-none sm:px-8 sm:py-8">
        {children}
      </main>
    </div>
  )
}
