import NextAuth from 'next-auth'
import type { Adapter } from 'next-auth/adapters'
import { headers } from 'next/headers'
import { consoleRuntime } from './console-runtime.ts'

const UPDATE_NEVER_S = 400 * 86_400
const hostOf = async (): Promise<string> => (await headers()).get('host') ?? ''

const notHere = (): never => {
  throw new Error('accounts and sessions are written by the portal alone')
}

/** Sessions are our own rows: sign-in and sign-up write them, next-auth reads and ends them. It refuses to start without the other methods. */
const adapter: Adapter = {
  createUser: notHere,
  getUser: notHere,
  getUserByEmail: notHere,
  getUserByAccount: notHere,
  updateUser: notHere,
  linkAccount: notHere,
  createSession: notHere,
  updateSession: notHere,
  getSessionAndUser: async (sessionToken) => {
    const found = await consoleRuntime().sessionOf(sessionToken, await hostOf())
    if (found === null) return null
    const { user_id: id, email, name, expires } = found
    return { session: { sessionToken, userId: id, expires }, user: { id, email, name, emailVerified: null } }
  },
  deleteSession: async (sessionToken) => consoleRuntime().endSession(sessionToken, await hostOf()),
}

export const { handlers, auth } = NextAuth(() => ({
  adapter,
  providers: [],
  secret: process.env.SHELLWEGO_AUTH_SECRET ?? '',
  trustHost: true,
  session: { strategy: 'database', updateAge: UPDATE_NEVER_S },
  pages: { signIn: '/sign-in' },
  // Named fields only: the arguments carry whole rows.
  callbacks: {
    session: ({ session, user }) => ({ expires: session.expires, user: { id: user.id, email: user.email, name: user.name ?? null } }),
  },
}))
