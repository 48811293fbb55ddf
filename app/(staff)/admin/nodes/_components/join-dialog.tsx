'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { instant } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { CommandLine } from '../../../../_ui/copy.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { PlaceFields, toPlace, type Place } from './place-fields.tsx'

function Steps({ token, expiresAt, onClose }: { token: string; expiresAt: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Add a node" description={`The token is shown once, works for one machine and ends ${instant(expiresAt)}.`}>
      <ol className="flex list-decimal flex-col gap-4 ps-5 text-14">
        <li>
          Run this on the new machine.
          <div className="mt-1.5">
            <CommandLine command={`curl -fsS ${window.location.origin}/install.sh -o install.sh && sudo sh install.sh`} />
          </div>
        </li>
        <li>
          Give it this token when it asks.
          <div className="mt-1.5">
            <CommandLine command={token} label="token" />
          </div>
        </li>
        <li>It appears in the list as soon as it dials in. Only other nodes need to reach it, on UDP port 51820.</li>
      </ol>
      <div className="mt-5 flex justify-end">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  )
}

/** Where the machine will stand is part of its token. */
export function JoinDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const [place, setPlace] = useState<Place>({ region: 'local', zone: '', labels: '' })
  const join = useMutation(trpc.staff.createJoinToken.mutationOptions())
  if (join.data !== undefined) return <Steps token={join.data.token} expiresAt={join.data.expires_at} onClose={onClose} />
  return (
    <FormDialog
      title="Add a node" description="Where the machine stands. It can be changed later." action="Make a token" busy={join.isPending} error={join.error}
      fields={['region', 'zone', 'labels']} onClose={onClose} onSubmit={() => join.mutate(toPlace(place))}>
      <PlaceFields place={place} onChange={setPlace} error={join.error} />
    </FormDialog>
  )
}
