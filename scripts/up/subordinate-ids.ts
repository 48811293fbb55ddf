import { readOptional } from '../host/files.ts'

/** Enough for every owner a public image has. */
const NEEDED = 65_536

function hasRange(file: string, user: { username: string; uid: number }): boolean {
  const lines = (readOptional(file) ?? '').split('\n').map((line) => line.split(':'))
  return lines.some(([who, , count]) => (who === user.username || who === String(user.uid)) && Number(count) >= NEEDED)
}

/** Files of an image belong to many users; without a range of ids an ordinary user cannot keep them apart. Throws with the command that gives one. */
export function requireSubordinateIds(user: { username: string; uid: number }, folder = '/etc'): void {
  if (hasRange(`${folder}/subuid`, user) && hasRange(`${folder}/subgid`, user)) return
  throw new Error(`${user.username} has no range of subordinate ids, which the owners of files in images need. Run this, then start again:

  sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${user.username}
`)
}
