/** The pay page of the sandbox: plain HTML, no script, three buttons. */
export type CheckoutView = {
  readonly provider: string
  readonly amountText: string
  readonly description: string
  readonly email: string | null
  readonly state: 'open' | 'closed'
  readonly message: string | null
  readonly cancelUrl: string | null
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)

const isWebAddress = (url: string | null): url is string => url !== null && /^https?:\/\//.test(url)

const STYLE = `body{font:14px/20px system-ui,sans-serif;margin:0;background:#f4f5f7;color:#17181c}main{max-width:400px;margin:8vh auto;background:#fff;border:1px solid #d9dce3;
border-radius:8px;padding:24px}h1{font-size:28px;line-height:36px;margin:8px 0}p{margin:8px 0}small{color:#5d6370}button{display:block;width:100%;margin:8px 0;padding:10px;
border:1px solid #8a90a0;border-radius:6px;background:#fff;font:inherit;cursor:pointer}button[value=success]{background:#17181c;color:#fff}[role=alert]{color:#a11}`

export function checkoutPage(view: CheckoutView): string {
  const provider = view.provider === 'stripe' ? 'Stripe' : 'Paystack'
  const buttons = view.state === 'closed' ? '<p>This checkout is closed.</p>' : `<form method="post">
<button name="outcome" value="success">Pay ${escapeHtml(view.amountText)}</button>
<button name="outcome" value="decline">Decline the card</button>
<button name="outcome" value="async">Pay by a slow bank transfer</button></form>`
  const cancel = isWebAddress(view.cancelUrl) ? `<p><a href="${escapeHtml(view.cancelUrl)}">Cancel and go back</a></p>` : ''
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sandbox checkout</title><style>${STYLE}</style>
<main><small>${provider}, sandbox: no money moves</small><h1>${escapeHtml(view.amountText)}</h1><p>${escapeHtml(view.description)}</p>
${view.email === null ? '' : `<p><small>${escapeHtml(view.email)}</small></p>`}
${view.message === null ? '' : `<p role="alert">${escapeHtml(view.message)}</p>`}${buttons}${cancel}</main></html>`
}
