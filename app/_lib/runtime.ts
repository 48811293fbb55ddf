import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Brand } from './brand.ts'
import { paths } from './paths.ts'
import type { Viewer } from './wire.ts'

/** What the process around Next offers to server components; server/main.ts hangs it on this symbol before Next starts. */
export type ConsoleRuntime = {
  /** Null for a host that serves no brand. */
  brandFor: (host: string) => Promise<Brand | null>
  /** Null without a live session of this host. */
  viewerFor: (cookie: string, host: string) => Promise<Viewer | null>
  /** True until the operator account exists. */
  setupNeeded: () => Promise<boolean>
}

const KEY = Symbol.for('shellwego.runtime')

function runtime(): ConsoleRuntime {
  const holder = globalThis as { [KEY]?: ConsoleRuntime }
  const current = holder[KEY]
  if (current === undefined) throw new Error('the console runtime is not set: start the portal with server/main.ts')
  return current
}

const host = async (): Promise<string> => (await headers()).get('host') ?? ''

export const currentBrand = cache(async (): Promise<Brand> => {
  const name = await host() // first, so that a build never renders a page ahead of its request
  return await runtime().brandFor(name) ?? { name: 'ShellWeGo', logo_url: null, colors: { accent: '#0b6478' }, mode: 'production' }
})

export const currentViewer = cache(async (): Promise<Viewer | null> => runtime().viewerFor((await cookies()).toString(), await host()))

export const setupNeeded = cache(async (): Promise<boolean> => runtime().setupNeeded())

/** The signed-in person, or the way to the sign-in page. Every procedure decides again. */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await currentViewer()
  if (viewer !== null && !viewer.user.email_verified) redirect(paths.verifyEmail)
  if (viewer !== null) return viewer
  if (await setupNeeded()) redirect(paths.setup)
  const path = (await headers()).get('x-shellwego-path')
  redirect(path === null ? paths.signIn : `${paths.signIn}?next=${encodeURIComponent(path)}`)
}
