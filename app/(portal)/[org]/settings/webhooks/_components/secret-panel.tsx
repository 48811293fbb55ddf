'use client'
import { CopyButton } from '../../../../../_ui/copy.tsx'
import { Banner } from '../../../../../_ui/status.tsx'

/** The only time the secret is to be seen. */
export function SecretPanel({ secret }: { secret: string }) {
  return (
    <div className="flex flex-col gap-2">
      <Banner tone="attention">Copy the signing secret now. It is not shown again; a lost one is replaced by rotating.</Banner>
      <div className="flex min-w-0 items-center gap-2 rounded-inner border border-line bg-sunken py-1 ps-3 pe-1">
        <code aria-label="Signing secret" className="min-w-0 flex-1 text-13 break-all">
          {secret}
        </code>
        <CopyButton text={secret} label="Copy secret" />
      </div>
    </div>
  )
}
