'use client'
import { EllipsisVertical } from 'lucide-react'
import Link from 'next/link'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import type { Secret } from '../../../../../_lib/wire.ts'
import { IconButton } from '../../../../../_ui/button.tsx'
import { Menu } from '../../../../../_ui/menu.tsx'
import { Badge } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import type { OpenDialog } from './secret-dialogs.tsx'

const day = (instant: string): string => instant.slice(0, 10)

function Expiry({ secret }: { secret: Secret }) {
  if (secret.expires_at === null) return <span className="text-muted">never</span>
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <time dateTime={secret.expires_at} className="figures whitespace-nowrap">
        {day(secret.expires_at)}
      </time>
      {secret.status === 'expiring' ? <Badge tone="attention">expires soon</Badge> : null}
      {secret.status === 'expired' ? <Badge tone="bad">expired</Badge> : null}
    </span>
  )
}

function Users({ secret }: { secret: Secret }) {
  const { org } = useOrg()
  if (secret.used_by.length === 0) return <span className="text-muted">no app yet</span>
  const [first, ...more] = secret.used_by
  const waiting = secret.used_by.filter((use) => use.redeploy_needed).length
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Link className="link" href={paths.appSettings(org.slug, first?.app_name ?? '')}>
        <bdi>{first?.app_name}</bdi>
      </Link>
      {more.length === 0 ? null : <span title={more.map((use) => use.app_name).join(', ')}>and {plural(more.length, 'app')} more</span>}
      {waiting === 0 ? null : <Badge tone="attention">redeploy to apply</Badge>}
    </span>
  )
}

function Acts({ secret, onOpen }: { secret: Secret; onOpen: (dialog: OpenDialog) => void }) {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'secrets:write', secret.app_id ?? undefined)
  const act = (label: string, kind: 'rotate' | 'rollback' | 'expiry' | 'delete', disabled: string | null = refused) =>
    ({ kind: 'act', label, disabled, danger: kind === 'delete', onSelect: () => onOpen({ kind, secret }) }) as const
  return (
    <Menu
      label={`Acts on ${secret.name}`}
      trigger={
        <IconButton label={`Acts on ${secret.name}`} size="sm">
          <EllipsisVertical aria-hidden className="size-4" />
        </IconButton>
      }
      items={[
        act('Rotate', 'rotate'),
        act('Roll back', 'rollback', refused ?? (secret.versions.length < 2 ? 'There is no earlier version.' : null)),
        act('Change expiry', 'expiry'),
        { kind: 'line' },
        act('Delete', 'delete'),
      ]}
    />
  )
}

type TableProps = { secrets: readonly Secret[]; onOpen: (dialog: OpenDialog) => void; ofApp?: string }

const columnsOf = (onOpen: (dialog: OpenDialog) => void, ofApp: string | undefined): ReadonlyArray<Column<Secret>> => [
  {
    id: 'name',
    title: 'Name',
    cell: (secret) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <code className="font-strong break-all">{secret.name}</code>
        {secret.scope === 'organization' ? <Badge>organization</Badge> : null}
      </span>
    ),
  },
  { id: 'version', title: 'Version', align: 'end', cell: (secret) => <span className="figures">{secret.version}</span> },
  { id: 'changed', title: 'Changed', cell: (secret) => <TimeAgo value={secret.versions[0]?.created_at ?? secret.created_at} /> },
  { id: 'expiry', title: 'Expires', cell: (secret) => <Expiry secret={secret} /> },
  { id: 'used', title: 'Last used', cell: (secret) => (secret.last_used === null ? <span className="text-muted">never</span> : <TimeAgo value={secret.last_used} />) },
  ...(ofApp === undefined ? [{ id: 'users', title: 'Used by', cell: (secret: Secret) => <Users secret={secret} /> }] : []),
  { id: 'acts', title: '', align: 'end', cell: (secret) => <Acts secret={secret} onOpen={onOpen} /> },
]

export function SecretsTable({ secrets, onOpen, ofApp }: TableProps) {
  return <Table caption="Secrets" columns={columnsOf(onOpen, ofApp)} rows={secrets} rowKey={(secret) => secret.id} />
}
