import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { newToken, sha256 } from '../../core/crypto.ts'
import type { SystemDb } from '../../core/db.ts'
import { runtime } from '../../core/runtime.ts'

const LIFETIME_MS = 30 * 60_000

/** Names a token without opening anything: the beginning of its hash. */
export const joinIdOf = (token: string): string => sha256(token).slice(0, 32)

export const isJoinId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

interface Place { region: string; zone: string; labels: Record<string, string> }

/** A single-use secret with which one machine may join; only its hash is kept. The machine will stand where the token says. */
export const issueJoinToken = async (db: SystemDb, place?: Place): Promise<{ token: string; expiresAt: Date }> => {
  const token = newToken('join')
  const expiresAt = new Date(Date.now() + LIFETIME_MS)
  await db.joinToken.create({ data: { ...place, tokenHash: sha256(token), expiresAt } })
  return { token, expiresAt }
}

/** The machine of the portal joins by itself: a token file waits for its agent until a node is registered. Returns the file's path. */
export const ensureLocalJoinToken = async (dataDir: string): Promise<string> => {
  const file = path.join(dataDir, 'agent', 'join-token')
  const present = await readFile(file, 'utf8').catch(() => '')
  const issued = await runtime().databases.asSystem('node-api', async (db) => {
    if (await db.node.count() > 0) return null
    const usable = { tokenHash: sha256(present.trim()), usedAt: null, expiresAt: { gt: new Date(Date.now() + 60_000) } }
    return await db.joinToken.count({ where: usable }) > 0 ? null : issueJoinToken(db)
  })
  if (issued) await writePrivately(file, issued.token)
  return file
}

const writePrivately = async (file: string, text: string): Promise<void> => {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.new`
  await writeFile(draft, `${text}\n`, { mode: 0o600 })
  await chmod(draft, 0o600)
  await rename(draft, file)
}
