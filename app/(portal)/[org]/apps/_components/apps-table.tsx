import { mebibytes, plural } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import { mib } from '../../../../_lib/sizes.ts'
import { appLook } from '../../../../_lib/status.ts'
import type { App } from '../../../../_lib/wire.ts'
import { Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

export const hostOf = (url: string): string => url.replace(/^https?:\/\//, '')

/** `2 of 3` while they differ, else one number. */
export const instancesOf = ({ replicas }: App): string =>
  replicas.desired === 0
    ? 'none'
    : replicas.healthy === replicas.desired
      ? plural(replicas.desired, 'instance')
      : `${replicas.healthy} of ${plural(replicas.desired, 'instance')}`

const columns: ReadonlyArray<Column<App>> = [
  { id: 'name', title: 'Name', cell: (app) => <bdi>{app.name}</bdi> },
  { id: 'status', title: 'Status', cell: (app) => <Status {...appLook(app)} /> },
  {
    id: 'url',
    title: 'Address',
    cell: (app) =>
      app.url === null ? null : (
        <a className="link" href={app.url} target="_blank" rel="noreferrer">
          <bdi>{hostOf(app.url)}</bdi>
        </a>
      ),
  },
  {
    id: 'image',
    title: 'Image',
    cell: (app) => (
      <bdi title={app.image} className="sm:block sm:max-w-52 sm:truncate">
        <code className="text-12 text-muted">{app.image}</code>
      </bdi>
    ),
  },
  {
    id: 'instances',
    title: 'Instances',
    align: 'end',
    cell: (app) => (
      <>
        {instancesOf(app)}
        <span className="text-faint"> × {mebibytes(mib(app.resources.memory))}</span>
      </>
    ),
  },
  { id: 'updated', title: 'Changed', align: 'end', cell: (app) => <TimeAgo value={app.updated_at} /> },
]

export function AppsTable({ apps, org }: { apps: readonly App[]; org: string }) {
  return (
    <Table
      caption="Apps of this organization"
      columns={columns}
      rows={apps}
      rowKey={(app) => app.id}
      rowHref={(app) => paths.app(org, app.name)}
    />
  )
}
