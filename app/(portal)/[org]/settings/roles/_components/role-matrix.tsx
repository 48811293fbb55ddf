'use client'
import { Check, Ellipsis } from 'lucide-react'
import { Fragment } from 'react'
import { covers } from '../../../../../../server/contract/member-rule.ts'
import type { Permission } from '../../../../../../server/contract/permission.ts'
import { plural } from '../../../../../_lib/format.ts'
import { permissionGroups, permissionWords } from '../../../../../_lib/permission-words.ts'
import { roleInfoTitle } from '../../../../../_lib/roles.ts'
import type { RoleInfo } from '../../../../../_lib/wire.ts'
import { IconButton } from '../../../../../_ui/button.tsx'
import { cx } from '../../../../../_ui/cx.ts'
import { Menu } from '../../../../../_ui/menu.tsx'

type MatrixProps = {
  roles: readonly RoleInfo[]
  own: readonly Permission[]
  refused: string | null
  onEdit: (role: RoleInfo) => void
  onDelete: (role: RoleInfo) => void
}

const reasonFor = (role: RoleInfo, { own, refused }: MatrixProps): string | null =>
  refused ?? (covers(own, role.permissions) ? null : 'It allows more than you may do yourself.')

function RoleHead({ role, ...matrix }: MatrixProps & { role: RoleInfo }) {
  const title = roleInfoTitle(role)
  const reason = reasonFor(role, { ...matrix })
  return (
    <th scope="col" className="min-w-24 border-b border-line px-2 py-2 align-bottom font-normal">
      <span className="flex items-center justify-center gap-1">
        <bdi className="font-strong" title={role.description}>
          {title}
        </bdi>
        {role.built_in ? null : (
          <Menu
            label={`Actions for ${title}`}
            items={[
              { kind: 'act', label: 'Change', disabled: reason, onSelect: () => matrix.onEdit(role) },
              {
                kind: 'act',
                label: 'Delete',
                danger: true,
                disabled: reason ?? (role.holders > 0 ? 'Somebody still has it.' : null),
                onSelect: () => matrix.onDelete(role),
              },
            ]}
            trigger={
              <IconButton size="sm" label={`Actions for ${title}`} className="h-7">
                <Ellipsis aria-hidden className="size-4" />
              </IconButton>
            }
          />
        )}
      </span>
      <span className="block text-12 text-muted">{role.holders === 0 ? 'nobody' : plural(role.holders, 'holder')}</span>
    </th>
  )
}

const first = 'sticky start-0 z-10 bg-surface'

function Cell({ allowed }: { allowed: boolean }) {
  return (
    <td className="border-t border-line px-2 py-1.5 text-center">
      {allowed ? (
        <>
          <Check aria-hidden className="inline size-4 text-good-mark" strokeWidth={2.5} />
          <span className="sr-only">allowed</span>
        </>
      ) : (
        <>
          <span aria-hidden className="text-line-strong">
            ·
          </span>
          <span className="sr-only">not allowed</span>
        </>
      )}
    </td>
  )
}

/** Permissions down, roles across: which role may do what, at one look. On a phone it is moved sideways, the first column stays. */
export function RoleMatrix(props: MatrixProps) {
  const { roles } = props
  return (
    <div className="relative overflow-x-auto rounded-box border border-line bg-surface" tabIndex={0} role="region" aria-label="Permissions of roles">
      <table className="w-full border-separate border-spacing-0 text-13">
        <caption className="sr-only">What each role may do</caption>
        <thead>
          <tr>
            <th scope="col" className={cx(first, 'min-w-40 border-b border-line px-3 py-2 text-start font-normal text-muted')}>
              May
            </th>
            {roles.map((role) => (
              <RoleHead key={role.id} role={role} {...props} />
            ))}
          </tr>
        </thead>
        <tbody>
          {permissionGroups.map((group) => (
            <Fragment key={group.title}>
              <tr>
                <th scope="rowgroup" colSpan={roles.length + 1} className="bg-sunken text-start text-12 font-strong text-muted">
                  <span className="sticky start-0 inline-block px-3 py-1">{group.title}</span>
                </th>
              </tr>
              {group.permissions.map((permission) => (
                <tr key={permission}>
                  <th scope="row" className={cx(first, 'border-t border-line px-3 py-1.5 text-start font-normal')} title={permission}>
                    {permissionWords[permission]}
                  </th>
                  {roles.map((role) => (
                    <Cell key={role.id} allowed={role.permissions.includes(permission)} />
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}
