import { newId, randomText } from '../core/id.ts'
import { runtime } from '../core/runtime.ts'
import { createRole } from '../domain/roles/index.ts'
import { createServiceAccount, createServiceAccountToken, createToken } from '../domain/tokens/index.ts'
import { makeUser, type Caller } from './actors.ts'

/** Everything about who may do what: a role, a machine with its token, a personal token, an invitation, a member with a grant. */
export const makeAccess = async (owner: Caller & { actor: { userId: string } }, orgId: string, appId: string, marker: string) => {
  const role = await owner.call(createRole, { name: `r-${marker}`, permissions: ['org:read', 'usage:read'] })
  const machine = await owner.call(createServiceAccount, { name: `s-${marker}`, role: 'viewer' })
  const machineToken = await owner.call(createServiceAccountToken, { service_account_id: machine.id, name: `t-${marker}` })
  const personal = await owner.call(createToken, { name: `p-${marker}`, organization_id: orgId })
  const member = await makeUser()
  const [invitationId, passkeyId] = [newId('invitation'), newId('passkey')]
  await runtime().databases.asSystem('identity', async (db) => {
    await db.membership.create({ data: { orgId, userId: member.actor.userId, role: 'viewer' } })
    await db.grant.create({ data: { orgId, userId: member.actor.userId, appId, permissions: ['apps:read'] } })
    await db.invitation.create({
      data: { id: invitationId, orgId, email: `${marker}@example.com`, role: 'viewer', appIds: [], tokenHash: randomText(20), invitedBy: owner.actor.userId, expiresAt: new Date(Date.now() + 86_400_000) },
    })
    await db.organizationDeletion.create({
      data: { id: newId('deletion'), orgId, requestedBy: owner.actor.userId, requestedAt: new Date(), deleteAfter: new Date(), undoneBy: owner.actor.userId, undoneAt: new Date() },
    })
    await db.passkey.create({ data: { id: passkeyId, userId: owner.actor.userId, credentialId: passkeyId, publicKey: Buffer.alloc(0), counter: 0n, rpId: 'old.example.com', name: marker, backedUp: false, transports: [] } })
  })
  const secret = await runtime().databases.systemPool.query<{ id: string }>('SELECT id FROM secret WHERE org_id = $1 LIMIT 1', [orgId])
  return {
    secret_id: secret.rows[0]?.id ?? '', role_id: role.id, service_account_id: machine.id, machine_token_id: machineToken.id, token_id: personal.id, invitation_id: invitationId, user_id: member.actor.userId,
    passkey_id: passkeyId,
  }
}
