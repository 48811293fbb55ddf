'use client'
import { useState } from 'react'
import { Button } from '../../../../../_ui/button.tsx'
import { CopyButton } from '../../../../../_ui/copy.tsx'

const NODE = `import { Webhook } from 'standardwebhooks'   // npm install standardwebhooks

// The body as it came, not parsed and written again.
const event = new Webhook(process.env.WEBHOOK_SECRET).verify(rawBody, request.headers)
if (await alreadyHandled(request.headers['webhook-id'])) return   // retries carry the same id`

const PYTHON = `from standardwebhooks.webhooks import Webhook   # pip install standardwebhooks

event = Webhook(os.environ["WEBHOOK_SECRET"]).verify(request.body, request.headers)
if already_handled(request.headers["webhook-id"]):   # retries carry the same id
    return`

const BY_HAND = `key       = base64_decode(secret without "whsec_")
signed    = webhook-id + "." + webhook-timestamp + "." + body
expected  = "v1," + base64(hmac_sha256(key, signed))
accept if one of the signatures in webhook-signature (separated by spaces) equals expected,
and webhook-timestamp is not older than five minutes`

const SAMPLES = { 'Node.js': NODE, Python: PYTHON, 'By hand': BY_HAND } as const
type Language = keyof typeof SAMPLES
const languages = Object.keys(SAMPLES) as Language[]

export function VerificationSample() {
  const [language, setLanguage] = useState<Language>('Node.js')
  return (
    <div className="min-w-0 rounded-box border border-line bg-surface">
      <div className="flex items-center gap-1 border-b border-line p-1.5">
        {languages.map((one) => (
          <Button key={one} size="sm" look="quiet" aria-pressed={one === language} className={one === language ? 'bg-hover' : ''} onClick={() => setLanguage(one)}>
            {one}
          </Button>
        ))}
        <span className="flex-1" />
        <CopyButton text={SAMPLES[language]} label="Copy code" />
      </div>
      <pre tabIndex={0} className="overflow-x-auto p-3 text-12 leading-5">
        <code>{SAMPLES[language]}</code>
      </pre>
    </div>
  )
}
