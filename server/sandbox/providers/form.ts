/** Stripe's form encoding: `a[b][0][c]=1` to nested values; lists are objects with the keys 0, 1, 2 … */
export type FormTree = { [key: string]: FormTree | string }

const isTree = (value: FormTree | string | undefined): value is FormTree => typeof value === 'object'

export function parseForm(encoded: string): FormTree {
  const root: FormTree = Object.create(null) as FormTree
  for (const [name, value] of new URLSearchParams(encoded)) {
    const path = name.split('[').map((part) => part.replace(/\]$/, ''))
    let node = root
    for (const part of path.slice(0, -1)) {
      const next = node[part]
      const child: FormTree = isTree(next) ? next : (Object.create(null) as FormTree)
      node[part] = child
      node = child
    }
    const last = path.at(-1) ?? name
    node[last === '' ? String(Object.keys(node).length) : last] = value
  }
  return root
}

/** Objects whose keys are 0…n-1 become lists, all others plain objects. */
export function withLists(tree: FormTree | string): unknown {
  if (!isTree(tree)) return tree
  const keys = Object.keys(tree)
  if (keys.length > 0 && keys.every((key, index) => key === String(index))) return keys.map((key) => withLists(tree[key] ?? ''))
  return Object.fromEntries(keys.map((key) => [key, withLists(tree[key] ?? '')]))
}
