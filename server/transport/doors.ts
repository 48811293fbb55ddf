/** The ways into the portal that are not pages, by the beginning of a path or the whole of it. Each is tried in server/security. */
export const DOORS = {
  rest: { below: '/v1/' }, trpc: { below: '/api/trpc/' }, node: { below: '/node/v1/' }, install: { at: '/install.sh' }, hooks: { below: '/hooks/' }, health: { at: '/health' }, metrics: { at: '/metrics' }, docs: { at: '/docs', below: '/docs/' },
} as const satisfies Record<string, { at?: string; below?: string }>
export type Door = keyof typeof DOORS

const names = Object.keys(DOORS) as Door[]

/** Null: a page. */
export const doorOf = (path: string): Door | null =>
  names.find((name) => {
    const door: { at?: string; below?: string } = DOORS[name]
    return path === door.at || (door.below !== undefined && path.startsWith(door.below))
  }) ?? null
