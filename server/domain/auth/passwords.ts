import { hash, verify } from '@node-rs/argon2'

/** argon2id, OWASP's first choice: 19 MiB, 2 passes. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Verified against when there is no account, so that both answers take the same time. */
let decoy: Promise<string> | null = null

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS)

export const passwordMatches = async (stored: string | null, password: string): Promise<boolean> => {
  decoy ??= hashPassword('no such account')
  const matches = await verify(stored ?? (await decoy), password)
  return matches && stored !== null
}
