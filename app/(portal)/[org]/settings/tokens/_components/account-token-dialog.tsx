'use client'
import { ROLE_GRANTS } from '../../../../../../server/contract/permission.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { roleTitle } from '../../../../../_lib/roles.ts'
import { useTRPCClient } from '../../../../../_lib/trpc.tsx'
import type { CreatedToken, ServiceAccountInfo } from '../../../../../_lib/wire.ts'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { TokenForm } from '../../../../_tokens/token-form.tsx'
import { useAppNames } from '../../members/_components/use-members.ts'

type DialogProps = { account: ServiceAccountInfo; onCreated: (token: CreatedToken) => void; onClose: () => void }

export function AccountTokenDialog({ account, onCreated, onClose }: DialogProps) {
  const { org } = useOrg()
  const client = useTRPCClient()
  const held = account.role === 'custom' ? null : ROLE_GRANTS[account.role]
  return (
    <Dialog open onOpenChange={onClose} title={`New token for ${account.name}`} description={`It acts as this service account, whose role is ${roleTitle(account)}.`}>
      <TokenForm
        days={90}
        refused={(permission) => {
          if (held?.includes(permission) === false) return 'The role of the service account does not allow it.'
          return org.permissions.includes(permission) ? null : 'You may not do this yourself.'
        }}
        appsOf={org.id}
        apps={useAppNames()}
        create={(token) => client.serviceAccounts.createToken.mutate({ ...token, organization_id: org.id, service_account_id: account.id })}
        onCreated={onCreated}
        onClose={onClose}
      />
    </Dialog>
  )
}
