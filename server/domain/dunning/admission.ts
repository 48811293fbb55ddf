import { DomainError } from '../../core/error.ts'
import type { Admission } from '../quotas/index.ts'
import { standingOfRow } from './facts.ts'

/** Who is suspended gets nothing new: what stands stays, and can be deleted. */
export const refuseUnpaid = async ({ db, orgId, brand }: Admission): Promise<void> => {
  const org = await db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { standing: true } })
  const standing = standingOfRow(org.standing)
  if (standing !== 'suspended' && standing !== 'terminated') return
  throw new DomainError('payment_required', `The organization is suspended, so nothing new starts. Pay what is open under Billing, or ask ${brand.supportEmail}.`)
}
