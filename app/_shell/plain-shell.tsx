'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useBrand } from '../_lib/org-context.tsx'
import { paths } from '../_lib/paths.ts'
import { BrandMark } from '../_ui/brand-mark.tsx'
import { ThemeToggle } from '../_ui/theme.tsx'
import { cx } from '../_ui/cx.ts'

const widths = { narrow: 'max-w-100', form: 'max-w-130', wide: 'max-w-240' } as const

/** Pages outside an organization: brand above, one column below. */
export function PlainShell({ children, width = 'narrow' }: { children: ReactNode; width?: keyof typeof widths }) {
  return (
    <div className={cx('mx-auto flex min-h-[90dvh] w-full flex-col px-4 py-6 sm:py-10', widths[width])}>
      <div className="mb-8 flex items-center justify-between gap-4">
        <Link href={paths.home} className="min-w-0 no-underline">
          <BrandMark brand={useBrand()} />
        </Link>
        <ThemeToggle />
      </div>
      <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
        {children}
      </main>
    </div>
  )
}
