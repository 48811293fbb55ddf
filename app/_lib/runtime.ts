import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { auth } from './auth.ts'
import { consoleRuntime } from './console-runtime.ts'
import type { Brand } from './brand.ts'
import { paths } from './paths.ts'
import type { Viewer } from './wire.ts'

const host = async (): Promise<string> => (await headers()).get('host') ?? ''

export const currentBrand = cache(async (): Promise<Brand> => {
  const name = await host() // first, so that a build never renders a page ahead of its request
  return (await consoleRuntime().brandFor(name)) ?? { name: 'ShellWeGo', logo_url: null, colors: { accent: '#0b6478' }, mode: 'production', currency: 'USD', clock_ahead_ms: 0 }
})

export const currentViewer = cache(async (): Promise<Viewer | null> => {
  const session = await auth()
  return session?.user?.id ? consoleRuntime().viewerFor((await cookies()).toString(), await host()) : null
})

export const payLinkOpens = async (token: string): Promise<boolean> => consoleRuntime().payLinkOpens(token, await host())

export const setupNeeded = cache(async (): Promise<boolean> => consoleRuntime().setupNeeded())

/** The signed-in person, or the way to the sign-in page. Every procedure decides again. */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await currentViewer()
  if (viewer !== null && !viewer.user.email_verified) redirect(paths.verifyEmail)
  if (viewer !== null) return viewer
  if (await setupNeeded()) redirect(paths.setup)
  const path = (await headers()).get('x-shellwego-path')
  redirect(path === null ? paths.signIn : `${paths.signIn}?next=${encodeURIComponent(path)}`)
}
