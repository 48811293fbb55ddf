interface KeptBackup { id: string; state: string; createdAt: Date; expiresAt: Date | null }

/** What goes now: past its time and read by nobody, but never the newest good one, however old it is. */
export const planRetention = (all: readonly KeptBackup[], needed: ReadonlySet<string>, now: Date): string[] => {
  const newest = all.filter(({ state }) => state === 'ready').sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))[0]
  return all.filter((one) => (one.state === 'ready' || one.state === 'failed') && one.expiresAt !== null && one.expiresAt <= now && one.id !== newest?.id && !needed.has(one.id))
    .map(({ id }) => id)
}
