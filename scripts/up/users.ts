import type { Owner } from '../host/files.ts'
import { CommandError, run } from '../host/run.ts'

export interface Users {
  db: Owner | undefined
  edge: Owner | undefined
  registry: Owner | undefined
}

async function lookUp(name: string): Promise<Owner | undefined> {
  try {
    const [, , uid, gid] = (await run(['getent', 'passwd', name])).split(':')
    return { uid: Number(uid), gid: Number(gid) }
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

async function ensureUser(name: string): Promise<Owner> {
  const known = await lookUp(name)
  if (known) return known
  await run(['useradd', '--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', name])
  const made = await lookUp(name)
  if (!made) throw new Error(`useradd made no user ${name}`)
  return made
}

/** As root each service has a user of its own; an ordinary user runs all of them as himself. */
export async function ensureUsers(isRoot: boolean): Promise<Users> {
  if (!isRoot) return { db: undefined, edge: undefined, registry: undefined }
  return {
    db: await ensureUser('shellwego-db'),
    edge: await ensureUser('shellwego-edge'),
    registry: await ensureUser('shellwego-registry'),
  }
}
