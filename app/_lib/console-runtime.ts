import type { Brand } from './brand.ts'
import type { Viewer } from './wire.ts'

/** What the process around Next offers to server components; server/main.ts hangs it on this symbol before Next starts. */
export type ConsoleRuntime = {
  /** Null for a host that serves no brand. */
  brandFor: (host: string) => Promise<Brand | null>
  /** Null without a live session of this host. */
  viewerFor: (cookie: string, host: string) => Promise<Viewer | null>
  /** The live session behind a token on this host. */
  sessionOf: (token: string, host: string) => Promise<{ user_id: string; email: string; name: string; expires: Date } | null>
  endSession: (token: string, host: string) => Promise<void>
  /** Whether a signed link to pay opens an invoice of this host's brand. */
  payLinkOpens: (token: string, host: string) => Promise<boolean>
  /** True until the operator account exists. */
  setupNeeded: () => Promise<boolean>
}

const KEY = Symbol.for('shellwego.runtime')

export function consoleRuntime(): ConsoleRuntime {
  const holder = globalThis as { [KEY]?: ConsoleRuntime }
  const current = holder[KEY]
  if (current === undefined) throw new Error('the console runtime is not set: start the portal with server/main.ts')
  return current
}
