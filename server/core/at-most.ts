/** Lets so many pieces of work be under way at once; the others wait their turn. */
export const atMost = (limit: number): (<T>(act: () => Promise<T>) => Promise<T>) => {
  let free = limit
  const turns: (() => void)[] = []
  return async (act) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => { turns.push(resolve) })
    try {
      return await act()
    } finally {
      const next = turns.shift()
      if (next) next()
      else free += 1
    }
  }
}
