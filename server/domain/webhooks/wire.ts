import type { WebhookAttempt, WebhookDelivery, WebhookEndpoint } from '../../../prisma/generated/client.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import type { Delivery, DeliveryAttempt, DeliveryStatus, Webhook } from '../../contract/webhook.ts'

const later = (at: Date | null): string | null => (at && at.getTime() > Date.now() ? toInstant(at) : null)

export const toWebhook = (row: WebhookEndpoint): Webhook => ({
  id: row.id, url: row.url, description: row.description, events: row.events, api_version: row.apiVersion, enabled: row.enabled,
  status: row.enabled ? (row.failingSince ? 'failing' : 'active') : 'disabled', disabled_reason: row.disabledReason as Webhook['disabled_reason'],
  failing_since: toInstantOrNull(row.failingSince), paused_until: later(row.pausedUntil), header_names: row.headerNames,
  previous_secret_until: later(row.previousUntil), version: row.version, created_at: toInstant(row.createdAt), updated_at: toInstant(row.updatedAt),
})

export const toDelivery = (row: WebhookDelivery): Delivery => ({
  id: row.id, webhook_id: row.endpointId, event_id: row.eventId, event_type: row.eventType, status: row.state as DeliveryStatus, attempts: row.attempts,
  next_attempt_at: row.state === 'pending' ? toInstant(row.nextAttemptAt) : null, last_status: row.lastStatus, last_error: row.lastError,
  created_at: toInstant(row.createdAt), finished_at: toInstantOrNull(row.finishedAt),
})

export const toAttempt = (row: WebhookAttempt): DeliveryAttempt => ({
  number: row.number, at: toInstant(row.at), duration_ms: row.durationMs, error: row.error, detail: row.detail,
  request: { headers: row.requestHeaders as Record<string, string> },
  response: row.status === null ? null : { status: row.status, headers: row.responseHeaders as Record<string, string>, body: row.responseBody },
})

export const webhookVersion = (webhook: { version: number }): string => String(webhook.version)
