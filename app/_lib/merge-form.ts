/** One setting that somebody else changed while a form was open; null where it is not set. */
export type SettingChange = { label: string; was: string | null; now: string | null; yours: string | null; both: boolean }

const text = (value: unknown): string | null => (value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value))

/** Three ways together: what only they changed becomes theirs, what the person changed stays the person's. */
export function mergeForm<V extends object>(
  labels: Readonly<Record<keyof V & string, string>>,
  { base, theirs, mine }: { base: V; theirs: V; mine: V },
  show: (name: keyof V & string, value: unknown) => string | null = (_, value) => text(value),
): { merged: V; changes: SettingChange[] } {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
  const names = Object.keys(labels) as Array<keyof V & string>
  const merged = { ...mine }
  const changes: SettingChange[] = []
  for (const name of names) {
    if (same(mine[name], base[name])) merged[name] = theirs[name]
    if (same(base[name], theirs[name])) continue
    const both = !same(mine[name], base[name]) && !same(mine[name], theirs[name])
    changes.push({ label: labels[name], was: show(name, base[name]), now: show(name, theirs[name]), yours: show(name, mine[name]), both })
  }
  return { merged, changes }
}
