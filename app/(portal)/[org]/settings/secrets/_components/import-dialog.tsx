'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { readDotenv } from '../../../../../../server/contract/dotenv.ts'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Button } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Textarea } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import type { SecretApp } from './secret-dialogs.tsx'
import { RedeployChoice } from './secret-fields.tsx'
import { useSaved } from './use-saved.ts'

/** All lines or none: what is wrong is said by line and name, never by value. */
export function ImportDialog({ app, onClose }: { app: SecretApp | null; onClose: () => void }) {
  const { org } = useOrg()
  const saved = useSaved(onClose)
  const [text, setText] = useState('')
  const [redeploy, setRedeploy] = useState(false)
  const bring = useMutation(
    useTRPC().secrets.importMany.mutationOptions({ onSuccess: ({ created, rotated }) => saved(`${created.length} new, ${rotated.length} rotated`) }),
  )
  const { entries, badLines } = readDotenv(text)
  const fault = badLines.length === 0 ? undefined : `Line ${badLines[0]} is not NAME=value.`
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Paste .env"
      description={app === null ? 'Each line becomes a secret of the organization, or the next version of one.' : `Each line becomes a secret of ${app.name}, or the next version of one.`}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          bring.mutate({ organization_id: org.id, text, redeploy, ...(app === null ? {} : { app_id: app.id }) })
        }}>
        <Field label="Contents of a .env file" error={fault} required>
          {(control) => (
            <Textarea
              {...control}
              mono
              autoFocus
              spellCheck={false}
              autoComplete="off"
              className="min-h-40"
              value={text}
              placeholder={'DATABASE_URL=postgres://…\nSTRIPE_KEY=…'}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {app === null ? null : <RedeployChoice users="unknown" checked={redeploy} onChange={setRedeploy} />}
        {bring.error === null ? null : <ErrorPanel problem={toProblem(bring.error)} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={bring.isPending} disabled={entries.length === 0 || fault !== undefined}>
            Save {plural(entries.length, 'secret')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
