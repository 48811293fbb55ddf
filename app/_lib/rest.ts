/** Calls to the REST API of this host for what has no procedure; fails with the same shape as tRPC, so that one panel shows both. */
async function send<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, { ...init, headers: { accept: 'application/json', 'x-shellwego-csrf': '1', ...init.headers } })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok)
    throw Object.assign(new Error(`HTTP ${response.status}`), { data: { code: 'rest', httpStatus: response.status, problem: body } })
  return body as T
}

export const getJson = <T>(path: string, signal?: AbortSignal): Promise<T> => send(path, signal === undefined ? {} : { signal })

export const postJson = <T>(path: string, body: unknown): Promise<T> =>
  send(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
