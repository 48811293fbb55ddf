import os from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { ApiError, dataOf, type Client, type operations } from '../sdk/index.ts'

type Asked = operations['auth.start_device']['responses'][201]['content']['application/json']
export type Granted = operations['auth.poll_device']['responses'][201]['content']['application/json']
export type Scope = Granted['scopes'][number]

/** One question for the token; a number is the pause before the next. */
async function poll(client: Client, asked: Asked, pauseS: number): Promise<Granted | number> {
  try {
    return await dataOf(client.POST('/v1/auth/device/token', { body: { device_code: asked.device_code } }))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.code === 'authorization_pending') return pauseS
    if (error.code === 'slow_down') return pauseS + 5
    throw error
  }
}

/** Shows a code, and waits until a person has approved it in the console (RFC 8628). */
export async function deviceLogin(context: Context, scopes: Scope[]): Promise<Granted> {
  const { print, signal } = context
  const client = context.visitor()
  const asked = await dataOf(client.POST('/v1/auth/device', { body: { client_name: `shellwego on ${os.hostname()}`.slice(0, 60), scopes } }))
  print.note(`Open ${asked.verification_uri_complete}`)
  print.note(`and check that it shows the code ${asked.user_code}. Waiting …`)
  let pause = asked.interval
  for (;;) {
    await sleep(pause * 1000, undefined, { signal })
    const outcome = await poll(client, asked, pause)
    if (typeof outcome !== 'number') return outcome
    pause = outcome
  }
}
