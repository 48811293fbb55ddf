const credential = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {} }

/** A fitting value for each field that is not an id: a required field without one fails the refusal matrix. */
const SAMPLES: Record<string, unknown> = {
  email: 'someone@example.com', password: 'a long password', name: 'some-name', token: 'verify_x', code: 'aaaaa-aaaaa', image: 'builtin/hello:v1', replicas: 2, sleep_after_minutes: null,
  hostname: 'cloud.example.com', support_email: 'help@example.com', legal_name: 'Cloud Ltd', invoice_prefix: 'CLD', provider: 'stripe', outcome: 'success',
  now: '2030-01-01T00:00:00.000Z', currency: 'USD', tax_id: 'T-1', metric: 'cpu', vcpu: 1, memory_mib: 128, permissions: ['org:read'], scope: 'apps:read',
  role: 'viewer', issuer: 'https://login.example.com', client_id: 'console', domain: 'example.com', enforced: true, reason: 'Ticket 4711: it hangs', ticket: 'visit_x',
  query: 'state=x', browser_key: 'flow_x',
  user_code: 'BCDF-GHJK', device_code: 'dev_x', trusted: true, value: 'a value', text: 'NAME=value', expires_at: '2030-01-01T00:00:00.000Z', version: 1,
  egress: 'open', rules: [], size: '128m', mount_path: '/data', every_minutes: 15, keep_hours: 1, mode: 'pinned', data_from: '2026-01-01T00:00:00.000Z',
  endpoint: 'https://s3.example.com', bucket: 'backups', access_key_id: 'AK', secret_access_key: 'secret', every_hours: 168,
  place: { kind: 'folder', path: '/mnt/backups' },
  key: 'some-key', unit: 'call', plan_key: 'starter',
  url: 'https://hooks.example.com/x', events: ['*'], since: '2026-01-01T00:00:00.000Z', key_id: 'k1',
  amount: '1.00', type: 'percent', duration: 'once',
  country: 'NG', prefix: 'ABC', rate: '0.1', active_from: '2030-01-01', active_to: null, exempt: false, business: false, approve: true, settlement: 'receivable', description: 'Work',
  unit_amount: '1', note: 'Ticket 4711', number: 'DE89370400440532013000', content: 'Date,Amount\n2026-01-02,1.00\n', file_name: 'statement.csv', lines: [{ description: 'Work', unit_amount: '1' }], from: '2026-01-01', to: '2026-01-31', grace_minutes: 0, payment_term_days: 14, approval_limits: [],
  until: '2099-01-01T00:00:00.000Z', reminder_days: [1], retry_days: [1], grace_days: 14, retention_days: 30, last_notice_days: 3, hour: 9,
  account: 'acct_1Abc', fee_share: '0.05', act: 'make_payouts',
  clearance_service_id: null, address: 'Marina 1', region: 'LA', registration_no: null, bank_details: 'Bank 1', default: false, archived: false,
  certificate: '-----BEGIN CERTIFICATE-----', private_key: '-----BEGIN PRIVATE KEY-----', values: ['x'], proof: { values: [], fault: 'no_record' }, pointing: { pointsHere: null, pointsTo: [] },
  bank_name: 'First Bank', account_name: 'Cloud Ltd', account_number: '0123456789', bic: null,
  evidence: 'Bank reference 4711, taken by Ada', reference: 'Receipt 4711',
  passkey: { ...credential, response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' } },
  registration: { ...credential, response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } },
}

/** Where one operation needs another value than the rest. */
const OF_OPERATION: Record<string, Record<string, unknown>> = {
  'apps.exec': { command: ['true'] },
  'log_drains.create': { kind: 'http' }, 'autoscaling.set': { max: 3, schedule: [{ days: ['mon'], from: '08:00', to: '18:00', at_least: 1 }] },
  'secrets.get_of_app': { name: 'KEY' }, 'secrets.create': { name: 'SOME_NAME' }, 'secrets.set': { name: 'SOME_NAME' }, 'coupons.create': { value: '10', code: 'SOME-CODE' },
  'sandbox.set_dns_record': { name: 'shop.example.com', type: 'TXT' }, 'sandbox.delete_dns_record': { name: 'shop.example.com', type: 'TXT' }, 'domains.create': { hostname: 'shop.example.com' },
  'admin.close_work_item': { outcome: 'done' },
  'admin.update_bank_account': { mapping: { delimiter: ',', date_format: 'YYYY-MM-DD', decimal_mark: '.', columns: { date: 'Date', amount: 'Amount' } } },
  'admin.request_adjustment': { amount: 1 }, 'admin.record_payment': { amount: 1 }, 'billing.set_tax_profile': { tax_id: null }, 'admin.issue_credit_note': { lines: [{ line: 1 }] },
  'admin.update_legal_entity': { tax_id: null }, 'admin.create_legal_entity': { tax_id: null },
}

export const exampleOf = (operation: string, field: string): unknown => OF_OPERATION[operation]?.[field] ?? SAMPLES[field]

/** Fields that end in `_id` and are none of ours. */
export const isId = (field: string): boolean => field.endsWith('_id') && !(field in SAMPLES)

/** The machine's tokens and the person's are both named token_id; there is a receipt of a payment that arrived only. */
export const idFieldOf = (operation: string, field: string): string => {
  if (field === 'domain_id' && operation.startsWith('domains.')) return 'own_domain_id'
  if (field === 'token_id' && operation.startsWith('service_accounts.')) return 'machine_token_id'
  return field === 'payment_id' && operation === 'payments.receipt' ? 'paid_payment_id' : field
}
