'use client'
import { useQuery } from '@tanstack/react-query'
import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { day } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Button } from '../../../../../_ui/button.tsx'
import { CommandLine } from '../../../../../_ui/copy.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { PanelSkeleton } from '../../../../../_ui/states.tsx'

function LinkBody({ invoiceId }: { invoiceId: string }) {
  const { org } = useOrg()
  const query = useQuery(useTRPC().billing.payLink.queryOptions({ organization_id: org.id, invoice_id: invoiceId }, { staleTime: Number.POSITIVE_INFINITY }))
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Making the link" className="h-10" />}>
      {({ url, expires_at: until }) => (
        <div className="flex flex-col gap-3">
          <CommandLine command={url} />
          <p className="text-13 text-muted">It shows this one invoice and nothing else of your organization. It works until {day(until)}.</p>
        </div>
      )}
    </Load>
  )
}

/** For the colleague with the company card. */
export function PayLinkButton({ invoiceId }: { invoiceId: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <div>
        <Button look="quiet" size="sm" icon={<Link2 aria-hidden className="size-4" />} className="-ms-2.5" onClick={() => setOpen(true)}>
          Let somebody else pay
        </Button>
      </div>
      <Dialog open={open} onOpenChange={setOpen} title="Link to pay this invoice" description="Whoever holds it can pay without an account.">
        {open ? <LinkBody invoiceId={invoiceId} /> : null}
      </Dialog>
    </>
  )
}
