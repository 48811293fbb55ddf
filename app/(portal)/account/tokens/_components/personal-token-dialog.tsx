'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { mayAnywhere } from '../../../../../server/contract/permission.ts'
import { useTRPC, useTRPCClient } from '../../../../_lib/trpc.tsx'
import type { CreatedToken, Organization } from '../../../../_lib/wire.ts'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Select } from '../../../../_ui/inputs.tsx'
import { TokenForm } from '../../../_tokens/token-form.tsx'

type DialogProps = { organizations: readonly Organization[]; onCreated: (token: CreatedToken) => void; onClose: () => void }

export function PersonalTokenDialog({ organizations, onCreated, onClose }: DialogProps) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const [orgId, setOrgId] = useState('')
  const apps = useQuery(trpc.apps.list.queryOptions({ organization_id: orgId, limit: 100, sort: 'name' }, { enabled: orgId !== '' }))
  const reachable = organizations.filter((org) => orgId === '' || org.id === orgId)
  return (
    <Dialog open onOpenChange={onClose} title="New personal token" description="It acts as you, within the limits you set here.">
      <TokenForm
        days={90}
        refused={(permission) => (reachable.some((org) => mayAnywhere(org, permission)) ? null : 'You may not do this yourself.')}
        appsOf={orgId}
        apps={orgId === '' ? null : apps.data?.data.map(({ id, name }) => ({ id, name }))}
        create={(token) => client.tokens.create.mutate({ ...token, ...(orgId === '' ? {} : { organization_id: orgId }) })}
        onCreated={onCreated}
        onClose={onClose}>
        <Field label="Organization" hint={orgId === '' ? 'Choose one to restrict it to some of its apps, too.' : undefined} required>
          {(control) => (
            <Select
              {...control}
              value={orgId}
              options={[{ value: '', label: 'All of yours' }, ...organizations.map((org) => ({ value: org.id, label: org.name }))]}
              onChange={(event) => setOrgId(event.target.value)}
            />
          )}
        </Field>
      </TokenForm>
    </Dialog>
  )
}
