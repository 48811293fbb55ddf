/** RFC 9457 problem document, as every refusal is written. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  /** Stable; texts may change. */
  code: string
  instance?: string
  request_id?: string
  errors?: { pointer: string; code: string; message: string }[]
}

/** The API refused. */
export class ApiError extends Error {
  readonly problem: Problem
  /** Seconds to wait, where the API said so. */
  readonly retryAfter: number | null

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail)
    this.name = 'ApiError'
    this.problem = problem
    this.retryAfter = retryAfter
  }

  get code(): string {
    return this.problem.code
  }

  get status(): number {
    return this.problem.status
  }
}

/** No answer came: name, network or certificate. */
export class ConnectionError extends Error {
  readonly url: string

  constructor(url: string, cause: unknown) {
    super(`no answer from ${url}: ${reasonOf(cause)}`, { cause })
    this.name = 'ConnectionError'
    this.url = url
  }
}

/** `fetch` hides the reason one level down. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error) return reasonOf(error.cause)
  return 'code' in error && error.message === '' ? String(error.code) : error.message
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'detail' in body && typeof body.detail === 'string'

/** What a refused answer says; a proxy in between may answer with a page instead of a problem. */
export async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '')
  const retryAfter = retryAfterOf(response)
  try {
    const body: unknown = JSON.parse(text)
    if (isProblem(body)) return new ApiError({ ...body, status: response.status }, retryAfter)
  } catch { /* no JSON: told below */ }
  const title = response.statusText || `HTTP ${response.status}`
  return new ApiError({ type: 'about:blank', title, status: response.status, detail: `The answer was HTTP ${response.status} and not of this API.`, code: 'unexpected_answer' }, retryAfter)
}

/** `Retry-After` is a number of seconds or a date. */
export function retryAfterOf(response: Response): number | null {
  const header = response.headers.get('retry-after')
  if (header === null) return null
  if (/^\d+$/.test(header)) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000))
}
