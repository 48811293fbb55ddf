import { runtime } from '../../../core/runtime.ts'

/** Gives an account an authenticator app; its codes are not needed. */
export const totpFor = async (userId: string): Promise<void> => {
  await runtime().databases.asSystem('identity', (db) => db.totpFactor.create({ data: { userId, secret: 'sealed', confirmedAt: new Date() } }))
}
