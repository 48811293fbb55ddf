import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { CSSProperties, ReactNode } from 'react'
import { brandVariables, isHexColour } from './_lib/brand.ts'
import { BrandScope } from './_lib/org-context.tsx'
import { currentBrand } from './_lib/runtime.ts'
import { Providers } from './_lib/trpc.tsx'
import { ReauthenticationDialog } from './_shell/reauthentication-dialog.tsx'
import { SandboxBanner } from './_shell/sandbox-banner.tsx'
import { fontClasses } from './_ui/fonts.ts'
import { Toaster } from './_ui/toaster.tsx'
import './globals.css'

export async function generateMetadata(): Promise<Metadata> {
  const brand = await currentBrand()
  return {
    title: { default: brand.name, template: `%s · ${brand.name}` },
    icons: { icon: '/brand-icon.svg' },
    robots: { index: false, follow: false },
  }
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const brand = await currentBrand()
  const theme = (await cookies()).get('theme')?.value
  const variables: CSSProperties & Record<string, string> = isHexColour(brand.colors.accent) ? brandVariables(brand.colors.accent) : {}
  return (
    <html
      lang="en"
      className={fontClasses}
      style={variables}
      data-theme={theme === 'light' || theme === 'dark' ? theme : undefined}
      suppressHydrationWarning>
      <body>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:rounded-inner focus:bg-raised focus:px-3 focus:py-2 focus:shadow-float">
          Skip to the page
        </a>
        <BrandScope brand={brand}>
          <Providers>
            {brand.mode === 'sandbox' ? <SandboxBanner /> : null}
            {children}
            <ReauthenticationDialog />
            <Toaster />
          </Providers>
        </BrandScope>
      </body>
    </html>
  )
}
