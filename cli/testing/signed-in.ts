import type { UserActor } from '../../server/core/context.ts'
import { tokenOf } from '../../server/testing/api.ts'

/** The environment of a command that somebody has signed in. */
export const signedIn = async (api: { url: () => string }, { actor }: { actor: UserActor }) =>
  ({ SHELLWEGO_URL: api.url(), SHELLWEGO_TOKEN: await tokenOf(actor) })
