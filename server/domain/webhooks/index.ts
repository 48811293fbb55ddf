import { subscribe } from '../../core/event.ts'
import { getDelivery, listDeliveries, redeliver, redeliverRange, testWebhook } from './deliveries.ts'
import { listenToAll } from './fan-out.ts'
import { forgetWebhooks } from './forget-organization.ts'
import { getWebhook, listWebhooks } from './read-webhooks.ts'
import { sweepWebhooks } from './sweep.ts'
import { createWebhook, deleteWebhook, rotateWebhookSecret, updateWebhook } from './write-webhooks.ts'

export { startDispatcher } from './dispatcher.ts'
export {
  createWebhook, deleteWebhook, getDelivery, getWebhook, listDeliveries, listWebhooks, redeliver, redeliverRange, rotateWebhookSecret, testWebhook,
  updateWebhook,
}
export const operations = [
  listWebhooks, getWebhook, createWebhook, updateWebhook, deleteWebhook, rotateWebhookSecret, testWebhook,
  listDeliveries, getDelivery, redeliver, redeliverRange,
]
export const jobs = [sweepWebhooks, forgetWebhooks]
export const subscribeWebhooks = (): void => {
  listenToAll()
  subscribe('organization.deleted', forgetWebhooks)
}
export const crontab = ['23 * * * * webhooks.sweep']
