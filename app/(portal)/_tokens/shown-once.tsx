'use client'
import type { CreatedToken } from '../../_lib/wire.ts'
import { Button } from '../../_ui/button.tsx'
import { CopyButton } from '../../_ui/copy.tsx'
import { Dialog } from '../../_ui/dialog.tsx'
import { Banner } from '../../_ui/status.tsx'

/** The only moment at which the token itself is seen. */
export function ShownOnce({ token, onClose }: { token: CreatedToken; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title={`The token ${token.name}`} description="Copy it now: it is not shown again.">
      <div className="flex flex-col gap-4">
        <div className="flex min-w-0 items-center gap-2 rounded-inner border border-line bg-sunken py-2 ps-3 pe-1">
          <code className="min-w-0 flex-1 text-13 break-all" tabIndex={0} data-testid="token">
            {token.token}
          </code>
          <CopyButton text={token.token} label="Copy token" />
        </div>
        <Banner tone="attention">Whoever has it acts as its holder. Keep it where you keep passwords, never in a repository.</Banner>
        <Button look="primary" className="self-end" onClick={onClose}>
          I have kept it
        </Button>
      </div>
    </Dialog>
  )
}
