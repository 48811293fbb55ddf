import { EVENT_TYPES } from '../../../../../../server/contract/event-types.ts'
import { OUTGOING_FAULTS } from '../../../../../../server/contract/outgoing.ts'
import { plural } from '../../../../../_lib/format.ts'
import type { Delivery, Webhook } from '../../../../../_lib/wire.ts'
import type { StatusLook } from '../../../../../_ui/status.tsx'

export const webhookLook = ({ status, disabled_reason: reason }: Webhook): StatusLook => {
  if (status === 'active') return { tone: 'good', word: 'active' }
  if (status === 'failing') return { tone: 'attention', word: 'failing' }
  return reason === 'user' ? { tone: 'idle', word: 'disabled' } : { tone: 'bad', word: reason === 'gone' ? 'gone' : 'turned off' }
}

const DELIVERY_LOOKS: Record<Delivery['status'], StatusLook> = {
  pending: { tone: 'info', word: 'waiting' }, delivered: { tone: 'good', word: 'delivered' }, failed: { tone: 'bad', word: 'given up' }, cancelled: { tone: 'idle', word: 'cancelled' },
}
export const deliveryLook = (delivery: Delivery): StatusLook =>
  (delivery.status === 'pending' && delivery.attempts > 0 ? { tone: 'attention', word: 'retrying' } : DELIVERY_LOOKS[delivery.status])

const ANSWERS: Record<string, string> = {
  redirect: 'It answered with a redirect; those are not followed.', refused_status: 'It did not answer with a 2xx status.', gone: 'It answered 410: it wants nothing more.',
}
export const faultWords = (error: string): string => ANSWERS[error] ?? (OUTGOING_FAULTS as Record<string, string>)[error] ?? error

const GROUP_TITLES: Record<string, string> = {
  app: 'Apps', deployment: 'Deployments', instance: 'Instances', install: 'Marketplace', secret: 'Secrets', invoice: 'Invoices', payment: 'Payments',
  organization: 'Organization', member: 'Members', invitation: 'Invitations', role: 'Roles', service_account: 'Service accounts', token: 'Tokens', sso: 'Single sign-on',
  sso_domain: 'Sign-on domains', impersonation: 'Visits by the operator', keys: 'Encryption keys', audit: 'Audit log', webhook: 'Webhooks',
}

export interface EventGroup { name: string; title: string; events: ReadonlyArray<{ type: string; text: string }> }
export const EVENT_GROUPS: readonly EventGroup[] = Object.entries(EVENT_TYPES).map(([name, events]) => ({
  name, title: GROUP_TITLES[name] ?? name, events: Object.entries(events).map(([event, text]) => ({ type: `${name}.${event}`, text })),
}))

export const eventsWords = (events: readonly string[]): string => (events.includes('*') ? 'every event' : events.length <= 2 ? events.join(', ') : plural(events.length, 'kind of event', 'kinds of events'))
