import { expect, test, vi } from 'vitest'
import { inkOn } from '../../../emails/layout.tsx'
import { EMAIL_PROPS } from '../../../emails/props.ts'
import type { EmailName, EmailProps } from '../../../emails/props.ts'
import { renderEmail } from './render-email.ts'

// Rendering and sockets share two cores with everything else.
vi.setConfig({ testTimeout: 30_000 })

const brand = { name: 'Lagos Cloud', color: '#0a7d4b', support_email: 'help@lagos.example', console_url: 'https://console.lagos.example' }
const url = 'https://console.lagos.example/x?token=a&b=c'
const money = { number: 'LC-000042', organization: 'Acme', amount: 'NGN 1,320.00', url }
const EXAMPLES: { [N in EmailName]: EmailProps<N> } = {
  verify_address: { brand, url, valid_hours: 24 },
  reset_password: { brand, url, valid_minutes: 30 },
  sign_in_link: { brand, url, valid_minutes: 15, device: 'Chrome on Linux', address: '203.0.113.7' },
  confirm_new_address: { brand, url, valid_hours: 24 },
  address_changed: { brand, url, new_email: 'new@example.com', until: '2026-11-24 10:00 UTC' },
  security_notice: { brand, notice: 'new_sign_in', device: 'Chrome on Linux', address: '203.0.113.7', at: '2026-11-21 10:00 UTC', url },
  invitation: { brand, organization: 'Acme', inviter: 'Ada', role: 'a developer', expires_on: '2026-11-28', url },
  organization_deletion: { brand, organization: 'Acme', asked_by: 'Ada', delete_on: '2026-11-24 10:00 UTC', url },
  secret_expiring: { brand, organization: 'Acme', name: 'STRIPE_KEY', app: 'shop', expires_on: '2026-11-28', expired: false, url },
  domain_trouble: { brand, organization: 'Acme', domain: 'shop.example.com', trouble: 'failing', url },
  drain_trouble: { brand, organization: 'Acme', drain: 'Loki', address: 'https://logs.example.com', trouble: 'failing', url },
  portal_backup_trouble: { brand, trouble: 'overdue', detail: 'There is no good backup yet.', url },
  backup_trouble: { brand, organization: 'Acme', volume: 'data', trouble: 'drill', detail: 'Block 3 of the backup in the bucket is missing or damaged.', url },
  webhook_trouble: { brand, organization: 'Acme', endpoint: 'https://example.com/hook', trouble: 'failing', url },
  welcome: { brand, name: 'Ada' },
  invoice_issued: { brand, ...money, due_on: '15 November 2026', period: '1 – 31 October 2026', pay_url: url },
  credits_expiring: { brand, organization: 'Acme', amount: 'USD 25.00', expires_on: '2026-12-01', url },
  credit_note: { brand, number: 'SWG-CN-2026-000001', invoice_number: 'SWG-2026-000001', organization: 'Acme', amount: 'USD 3.00', reason: 'Outage', settlement: 'It is credit.', url },
  invoice_reminder: { brand, number: 'SWG-2026-000001', organization: 'Acme', amount: 'USD 3.00', due_on: '2026-11-15', stage: 'overdue', suspends_on: '2026-11-29', url, pay_url: url },
  standing_notice: { brand, organization: 'Acme', notice: 'suspended', owed: 'USD 3.00', on: '2027-01-15', url },
  budget_alert: { brand, organization: 'Acme', threshold: 100, spent: 'USD 3.10', budget: 'USD 3.00', hard_cap: true, stop_apps: false, url },
  reconciliation_report: {
    brand, day: '2026-11-30', open: '2 unmatched money', open_count: 2, opened: '1 unmatched money', closed: '3', received: 'USD 12.00 (2)', suspense: 'none', payouts: 'none', compared: '40',
    down: 'none', url,
  },
  books_broken: { brand, rules: 'transaction_balances', count: 1, first: 'ltx_1: USD is off by 1', url },
  receipt: { brand, ...money, paid_on: '3 November 2026', method: 'Paystack', receipt_url: url },
  payment_failed: { brand, ...money, method: 'Visa ending in 4242', reason: 'the bank declined the card', advice: 'Pay with another card.' },
  payment_action: { brand, ...money, method: 'Visa ending in 4242' },
  payment_refunded: { brand, ...money, method: 'Visa ending in 4242', reason: 'Outage' },
  payment_disputed: { brand, ...money },
  card_expiring: { brand, organization: 'Acme', method: 'Visa ending in 4242', expires: 'December 2026', auto_pay: true, url },
  top_up: { brand, ...money, method: 'Visa ending in 4242', threshold: 'NGN 500.00' },
  auto_pay_off: { brand, organization: 'Acme', reason: 'the card was removed', url },
  deployment_failed: { brand, app: 'shop', release: 7, step: 'Health check', error_line: 'Error: connect ECONNREFUSED', url },
}
const names = Object.keys(EMAIL_PROPS) as EmailName[]
const renderExample = <N extends EmailName>(name: N) => renderEmail(name, EXAMPLES[name])

test.each(names)('%s has subject, HTML and text that carry brand, support address and link', async (name) => {
  const { subject, html, text } = await renderExample(name)
  expect(subject.length).toBeGreaterThan(10)
  expect(html).toContain('<!DOCTYPE html')
  for (const part of [html, text]) {
    expect(part).toContain('Lagos Cloud')
    expect(part).toContain('help@lagos.example')
  }
  const target = name === 'welcome' ? brand.console_url : url
  expect(html).toContain(`href="${target.replaceAll('&', '&amp;')}"`)
  expect(text).toContain(target)
  expect(text).not.toMatch(/<[a-z]+[ >]/)
})

test.each(names)('%s names no other brand and loads nothing from outside', async (name) => {
  const { subject, html, text } = await renderExample(name)
  expect(subject + html + text).not.toMatch(/shellwego|react-email/i)
  expect(html).not.toMatch(/<(img|script|link|iframe)\b/)
})

test('what people typed is escaped in HTML and kept as it is in text', async () => {
  const { html, text, subject } = await renderEmail('welcome', { brand: { ...brand, name: 'A & B "Cloud"' }, name: '<script>alert(1)</script>' })
  expect(html).not.toContain('<script>')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(text).toContain('<script>alert(1)</script>')
  expect(subject).toBe('Welcome to A & B "Cloud"')
})

test('a subject stays on one line', async () => {
  const { subject } = await renderEmail('deployment_failed', { ...EXAMPLES.deployment_failed, app: 'shop\r\nBcc: eve@example.com' })
  expect(subject).toBe('Deployment of shop Bcc: eve@example.com failed (release 7)')
})

test.each([['javascript:alert(1)'], ['data:text/html,x'], ['//evil.example'], ['']])('the link %j is refused', async (bad) => {
  await expect(renderEmail('verify_address', { brand, url: bad, valid_hours: 1 })).rejects.toThrow()
})

test('a colour that is no colour is refused', async () => {
  await expect(renderEmail('welcome', { brand: { ...brand, color: 'red;background:url(x)' }, name: 'Ada' })).rejects.toThrow()
})

test.each([['#000000', '#ffffff'], ['#0a7d4b', '#ffffff'], ['#ffffff', '#000000'], ['#ffd400', '#000000']] as const)('on %s the button text is %s', (color, ink) => {
  expect(inkOn(color)).toBe(ink)
})

test('optional facts are left out', async () => {
  expect((await renderEmail('invoice_issued', { ...EXAMPLES.invoice_issued, due_on: null })).text).not.toContain('Due')
  expect((await renderEmail('card_expiring', { ...EXAMPLES.card_expiring, auto_pay: false })).text).not.toContain('automatically')
})
