import { ApiError, dataOf, type Client, type operations } from '../sdk/index.ts'

type Me = operations['users.me']['responses'][200]['content']['application/json']
type Holder = { kind: 'user'; email: string; organizations: Me['organizations'] } | { kind: 'service_account' }

/** Who holds a token. A service account is nobody's account, and has none to show. */
export async function holderOf(client: Client): Promise<Holder> {
  try {
    const { user, organizations } = await dataOf(client.GET('/v1/users/me'))
    return { kind: 'user', email: user.email, organizations }
  } catch (error) {
    if (error instanceof ApiError && error.code === 'session_required') return { kind: 'service_account' }
    throw error
  }
}
