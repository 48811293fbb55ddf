import { z } from 'zod'

/** Public ids are `<prefix>_<22 base32 characters>`; prefixes name the kind for people and secret scanners. */
export const ID_PREFIX = {
  brand: 'brand', user: 'user', session: 'sid', organization: 'org', app: 'app', release: 'rel', deployment: 'dep', instance: 'inst', execSession: 'exec',
  node: 'node', drain: 'drn', fleetUpgrade: 'upg', invoice: 'inv', invoiceItem: 'item', creditNote: 'cn', adjustment: 'adj', legalEntity: 'ent', taxRate: 'rate', payment: 'pay', paymentMethod: 'pm', methodSetup: 'set', refund: 'rfd', dispute: 'dsp', suspenseItem: 'sus', transferAccount: 'tacc', event: 'evt', mail: 'mail', install: 'ins', priceList: 'price', meter: 'meter', plan: 'plan', subscriptionPhase: 'phase', subscriptionChange: 'chg', segment: 'seg', sleep: 'slp',
  ledgerTransaction: 'ltx', ledgerCheck: 'lck', creditGrant: 'cgr', creditUse: 'cru', coupon: 'cou', couponRedemption: 'cpr', couponUse: 'cpu', dunningStep: 'dst', budgetAlert: 'bal', request: 'req', token: 'tok', device: 'dev', serviceAccount: 'svc', role: 'role', invitation: 'ivt', deletion: 'odel', impersonation: 'imp', ssoConnection: 'sso', ssoDomain: 'dom', passkey: 'pk', emailChange: 'emc', secret: 'sec', dataKey: 'dk', rewrap: 'rwr',
  volume: 'vol', snapshot: 'snap', volumeSchedule: 'vsc', volumeSegment: 'vsg', restore: 'rst', backupTarget: 'btg', backupSet: 'bks', backup: 'bkp', drill: 'drl', scalingDecision: 'scd', domain: 'dmn',
  bankAccount: 'bac', bankStatement: 'bst', bankLine: 'bln', payout: 'pout', workItem: 'wki', reconciliationRun: 'rcn', webhook: 'whe', webhookDelivery: 'whd', webhookAttempt: 'wha',
  logDrain: 'ldr', portalBackup: 'pbk',
} as const
export type IdKind = keyof typeof ID_PREFIX

export const idOf = (kind: IdKind) => z.string().regex(new RegExp(`^${ID_PREFIX[kind]}_[a-z0-9]{10,40}$`), `Must be the id of a ${kind}.`)
