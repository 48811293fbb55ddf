import type { SystemDb } from '../../../core/db.ts'

export interface Seller { brandId: string; entityId: string }

/** Whose accounts at the providers are used: our part of a shared payment is its income, and fees and disputes are its loss. */
export const platformSeller = async (db: Pick<SystemDb, 'legalEntity'>): Promise<Seller> => {
  const { id, brandId } = await db.legalEntity.findFirstOrThrow({
    where: { isDefault: true, brand: { parentId: null } }, orderBy: { createdAt: 'asc' }, select: { id: true, brandId: true },
  })
  return { brandId, entityId: id }
}
