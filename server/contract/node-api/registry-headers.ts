const PASSED_ON = ['content-type', 'content-length', 'docker-content-digest', 'docker-distribution-api-version', 'etag'] as const

/** What of a registry's answer goes on to who asked by way of the portal. */
export const registryHeaders = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string | string[]> =>
  Object.fromEntries(PASSED_ON.flatMap((name) => {
    const value = headers[name]
    return value === undefined ? [] : [[name, value] as const]
  }))
