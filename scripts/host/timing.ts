const began = performance.now()

/** SHELLWEGO_TIMING=1 prints how long each stage took and when it ended. */
export async function stage<T>(name: string, work: () => Promise<T> | T): Promise<T> {
  const start = performance.now()
  try {
    return await work()
  } finally {
    if (process.env.SHELLWEGO_TIMING) {
      const now = performance.now()
      console.log(`timing ${name}: ${Math.round(now - start)} ms, at ${Math.round(now - began)} ms`)
    }
  }
}
