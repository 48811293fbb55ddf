'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ClipboardPaste, Link2, Plus, Unlink } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { AppDetail } from '../../../../../_lib/wire.ts'
import { Button, IconButton } from '../../../../../_ui/button.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { EmptyState, ErrorPanel, Forbidden, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { ImportDialog } from '../../../settings/secrets/_components/import-dialog.tsx'
import { SecretDialogs, type OpenDialog } from '../../../settings/secrets/_components/secret-dialogs.tsx'
import { SecretsTable } from '../../../settings/secrets/_components/secrets-table.tsx'
import { ReferenceDialog } from './reference-dialog.tsx'

/** Its instances hold other secrets than they would get now. */
function RedeployBanner({ app }: { app: AppDetail }) {
  const { org } = useOrg()
  const router = useRouter()
  const shown = ({ deployment_id: id }: { deployment_id: string }) => router.push(paths.deployment(org.slug, app.name, id))
  const deploy = useMutation(useTRPC().apps.deploy.mutationOptions({ onSuccess: shown }))
  const refused = refusedBecause(org, 'apps:write', app.id)
  return (
    <>
      <Banner
        tone="attention"
        className="mb-3"
        action={
          <Button
            size="sm"
            busy={deploy.isPending}
            disabled={refused !== null}
            title={refused ?? undefined}
            onClick={() => deploy.mutate({ organization_id: org.id, app_id: app.id })}>
            Redeploy to apply
          </Button>
        }>
        Its instances run with other secrets than these.
      </Banner>
      {deploy.error === null ? null : <ErrorPanel className="mb-3" problem={toProblem(deploy.error)} />}
    </>
  )
}

/** Variables that take their value from a secret of another name, or of the organization. */
function References({ app }: { app: AppDetail }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const refused = refusedBecause(org, 'apps:write', app.id)
  const unlink = useMutation(trpc.apps.update.mutationOptions())
  const references = Object.entries(app.env).flatMap(([name, { from_secret: from }]) => (from === undefined ? [] : [{ name, from }]))
  if (references.length === 0) return null
  return (
    <>
      <ul className="mt-3 flex flex-col gap-1 text-13" aria-label="References">
        {references.map(({ name, from }) => (
          <li key={name} className="flex items-center gap-2">
            <span className="min-w-0 break-all">
              <code>{name}</code> takes the value of <code>{from}</code>
            </span>
            <IconButton
              size="sm"
              label={`Remove the reference ${name}`}
              disabled={refused !== null || unlink.isPending}
              onClick={() => unlink.mutate({ organization_id: org.id, app_id: app.id, env: { [name]: null } })}>
              <Unlink aria-hidden className="size-4" />
            </IconButton>
          </li>
        ))}
      </ul>
      {unlink.error === null ? null : <ErrorPanel className="mt-3" problem={toProblem(unlink.error)} />}
    </>
  )
}

type Opened = OpenDialog | { kind: 'import' } | { kind: 'reference' }

function Adding({ app, onOpen }: { app: AppDetail; onOpen: (dialog: Opened) => void }) {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'secrets:write', app.id)
  const shared = { size: 'sm' as const, disabled: refused !== null, title: refused ?? undefined }
  return (
    <div className="flex flex-wrap gap-2">
      <Button {...shared} icon={<Link2 aria-hidden className="size-4" />} onClick={() => onOpen({ kind: 'reference' })}>
        Use one of the organization
      </Button>
      <Button {...shared} icon={<ClipboardPaste aria-hidden className="size-4" />} onClick={() => onOpen({ kind: 'import' })}>
        Paste .env
      </Button>
      <Button {...shared} icon={<Plus aria-hidden className="size-4" />} onClick={() => onOpen({ kind: 'new', app: { id: app.id, name: app.name } })}>
        Add secret
      </Button>
    </div>
  )
}

export function AppSecretsSection({ app }: { app: AppDetail }) {
  const { org } = useOrg()
  const [open, setOpen] = useState<Opened | null>(null)
  const noRead = refusedBecause(org, 'secrets:read', app.id)
  const query = useQuery(useTRPC().secrets.ofApp.queryOptions({ organization_id: org.id, app_id: app.id }, { refetchInterval: 5000, enabled: noRead === null }))
  const close = () => setOpen(null)
  if (noRead !== null) return <Section title="Secrets"><Forbidden reason={noRead} /></Section>
  return (
    <Section title="Secrets" hint="Environment variables whose values are encrypted and never shown again." action={<Adding app={app} onOpen={setOpen} />}>
      <Load query={query} skeleton={<TableSkeleton rows={2} label="Loading secrets" />}>
        {({ data, redeploy_needed: behind }) => (
          <>
            {behind ? <RedeployBanner app={app} /> : null}
            {data.length === 0 ? (
              <EmptyState title="No secrets yet" command={`shellwego secrets set STRIPE_KEY --app ${app.name}`}>
                Add one for this app alone, or let it use one of the organization.
              </EmptyState>
            ) : (
              <SecretsTable secrets={data} onOpen={setOpen} ofApp={app.id} />
            )}
          </>
        )}
      </Load>
      <References app={app} />
      {open === null ? null : open.kind === 'import' ? (
        <ImportDialog app={app} onClose={close} />
      ) : open.kind === 'reference' ? (
        <ReferenceDialog app={app} onClose={close} />
      ) : (
        <SecretDialogs dialog={open} onClose={close} />
      )}
    </Section>
  )
}
