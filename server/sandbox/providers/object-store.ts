/** Where the sandbox providers keep their objects; the product gives one over PostgreSQL, tests one in memory. */
export const PROVIDER_NAMES = ['stripe', 'paystack', 'flutterwave', 'mpesa'] as const
export type ProviderName = (typeof PROVIDER_NAMES)[number]
export type StoredObject = Readonly<Record<string, unknown>>

export type ObjectStore = {
  get(provider: ProviderName, kind: string, id: string): Promise<StoredObject | null>
  put(provider: ProviderName, kind: string, id: string, object: StoredObject): Promise<void>
  /** In order of first `put`. */
  list(provider: ProviderName, kind: string): Promise<readonly StoredObject[]>
}

export function createMemoryStore(): ObjectStore {
  const objects = new Map<string, Map<string, string>>()
  const shelf = (provider: ProviderName, kind: string) => {
    const key = `${provider}/${kind}`
    const found = objects.get(key) ?? new Map<string, string>()
    objects.set(key, found)
    return found
  }
  const parse = (text: string): StoredObject => JSON.parse(text) as StoredObject
  return {
    async get(provider, kind, id) {
      const text = shelf(provider, kind).get(id)
      return text === undefined ? null : parse(text)
    },
    async put(provider, kind, id, object) { shelf(provider, kind).set(id, JSON.stringify(object)) },
    async list(provider, kind) { return [...shelf(provider, kind).values()].map(parse) },
  }
}

/** Typed view of one kind of object. */
export type Shelf<T> = { get(id: string): Promise<T | null>; put(id: string, object: T): Promise<void>; list(): Promise<readonly T[]> }

export function shelfOf<T extends object>(store: ObjectStore, provider: ProviderName, kind: string): Shelf<T> {
  return {
    get: async (id) => (await store.get(provider, kind, id)) as T | null,
    put: (id, object) => store.put(provider, kind, id, object as StoredObject),
    list: async () => (await store.list(provider, kind)) as readonly T[],
  }
}
