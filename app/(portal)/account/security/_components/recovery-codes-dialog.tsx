'use client'
import { Download } from 'lucide-react'
import { useBrand } from '../../../../_lib/org-context.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { CopyButton } from '../../../../_ui/copy.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'

/** The only time they are seen: it closes by the button that says so. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[] | null; onClose: () => void }) {
  const brand = useBrand()
  const text = (codes ?? []).join('\n')
  return (
    <Dialog
      open={codes !== null}
      onOpenChange={onClose}
      title="Keep your recovery codes"
      description="If you lose your second factor, one of these lets you in. Each works once. They are not shown again.">
      <div className="flex flex-col gap-4">
        <div className="flex items-start justify-between gap-2 rounded-inner border border-line bg-sunken p-3">
          <ul aria-label="Recovery codes" className="grid flex-1 gap-x-6 gap-y-1 font-mono text-13 sm:grid-cols-2">
            {(codes ?? []).map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <CopyButton text={text} label="Copy the codes" />
        </div>
        <div className="flex flex-wrap justify-end gap-2">
          <a
            className="link inline-flex h-9 items-center gap-2 px-2 text-14"
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(`Recovery codes for ${brand.name}\n\n${text}\n`)}`}
            download="recovery-codes.txt">
            <Download aria-hidden className="size-4" />
            Download
          </a>
          <Button look="primary" onClick={onClose}>
            I have kept them
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
