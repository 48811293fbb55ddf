import { PROBLEMS, type ProblemCode } from '../../../contract/problem.ts'
import { escape, prose } from './html.ts'

/** What to do, by status, where a code says nothing of its own. */
const BY_STATUS: Record<number, string> = {
  400: 'Correct the request: `errors` names each fault with a pointer. Sending it again unchanged gives the same answer.', 401: 'Send a valid token, or sign in again.',
  402: 'Pay the open invoice, then try again.', 403: 'Ask somebody who may, or for the permission.', 404: 'Check the address and the id. What belongs to somebody else is not found either.',
  405: 'Use one of the methods in the header `Allow`.', 409: 'Read the present state, then decide again.', 412: 'Read it again, apply your change to what it is now, and send the new `ETag` as `If-Match`.',
  413: 'Send less at once.', 415: 'Send the body as `application/json`.', 421: 'Use a host name this console is served under.', 422: 'Correct the value: `errors` says which one and why.',
  428: 'Send the `ETag` of what you read as `If-Match`.', 429: 'Wait as long as `Retry-After` says.', 500: 'Try again. If it stays, tell support the request id.', 502: 'Try again in a moment.', 503: 'Try again in a moment.',
}
const BY_CODE: Partial<Record<ProblemCode, string>> = {
  organization_required: 'You belong to several organizations: send `organization_id`, or the header `ShellWeGo-Organization`.',
  idempotency_key_required: 'Send an `Idempotency-Key`, a fresh one per payment and the same one when you repeat it.',
  idempotency_key_in_use: 'The first request is under way. Send it again in a second to get its answer.',
  idempotency_key_reused: 'The key was used with another body. Use a new key for a new request.',
  email_not_verified: 'Open the link in the mail we sent, or ask for another one in the console.',
  mfa_required: 'Set up a second factor in your account, then sign in with it.', reauthentication_required: 'Confirm in the console that it is you, then try again.',
  csrf_refused: 'A cookie alone does not change anything: send a token, or use the console.', quota_exceeded: 'Free some of it, or ask the operator for a higher limit. Waiting does not help.',
  recovering: 'Reading works, and apps run on. Send changes again when the operator has finished; `Retry-After` says when to look.',
  volumes_pinned: 'Leave them where they are, or have their owners detach or delete them first.',
  no_capacity: 'Try again later, with less, or in another region.', clock_backwards: 'Give a time after the present one; the test clock only runs forward.',
  invalid_json: 'The body is not JSON. Check brackets, quotes and the encoding (UTF-8).',
}

const isCode = (name: string): name is ProblemCode => Object.hasOwn(PROBLEMS, name)

/** A page per code, named by the `type` of problem documents; null for a code there is none of. */
export const problemBody = (name: string): string | null => {
  if (!isCode(name)) return null
  const [status, title] = PROBLEMS[name]
  return `<main id="content" style="max-width:720px;margin:0 auto"><p><a href="/docs">API reference</a> · <a href="/docs/problems">Error codes</a></p><h1>${escape(title)}</h1>
<p class="line"><span class="m">${status}</span><code>${name}</code></p><h2>What to do</h2><p>${prose(BY_CODE[name] ?? BY_STATUS[status] ?? '')}</p>
<h2>How it looks</h2><p class="muted">The <code>detail</code> says more about your case; with the <code>request_id</code> support finds it.</p></main>`
}

export const problemsBody = (): string => {
  const rows = Object.entries(PROBLEMS).map(([name, [status, title]]) => `<tr><td><a href="/docs/problems/${name}"><code>${name}</code></a></td><td>${status} ${escape(title)}</td></tr>`)
  return `<main id="content" style="max-width:860px;margin:0 auto"><p><a href="/docs">API reference</a></p><h1>Error codes</h1><p>The list is closed and the codes are stable; texts may change.</p><table><tr><th>Code</th><th>Status and meaning</th></tr>${rows.join('')}</table></main>`
}
