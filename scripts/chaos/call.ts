import type { Call } from './workload.ts'

/** REST as somebody with these headers; who asks decides what an answer means. */
export const callWith = (api: string, headers: Record<string, string>): Call => async (method, path, body, more) => {
  const response = await fetch(`${api}/v1${path}`, {
    method, headers: { 'content-type': 'application/json', ...headers, ...more }, signal: AbortSignal.timeout(90_000), ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> }
}
