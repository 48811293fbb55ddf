/** Every type of event an organization may be told of, by group. Console, documentation and the check of filters read it. */
export const EVENT_TYPES = {
  app: {
    created: 'An app was created', updated: 'Settings of an app changed', scaled: 'The number of instances was set', stopped: 'An app was stopped',
    deleted: 'An app was deleted', woken: 'A sleeping app was woken by hand', network_changed: 'Where an app may go, or how fast, was set',
    autoscaling_changed: 'How the number of instances follows the load was set', autoscaling_removed: 'Autoscaling was turned off',
    autoscaling_limited: 'A quota, a budget or the plan kept autoscaling from adding instances',
  },
  deployment: {
    queued: 'A deployment was asked for', progressed: 'A deployment reached its next stage', succeeded: 'A deployment serves', failed: 'A deployment failed; what served before serves on', cancelled: 'A deployment was cancelled; what served before serves on',
    promoted: 'A canary was told to go on before its time',
  },
  instance: { changed: 'An instance changed its phase or health: started, ready, exited, crashed' },
  exec: { started: 'A command or a terminal was begun in an app', ended: 'A command or a terminal ended' },
  install: {
    created: 'A marketplace app is being installed', progressed: 'An installation reached its next step', healthy: 'An installation is complete',
    failed: 'An installation failed', undone: 'An installation was undone',
  },
  volume: {
    created: 'A volume was created', attached: 'A volume was attached to an app', detached: 'A volume was detached', resized: 'A volume was given another size', mode_changed: 'What becomes of an app when the node of its volume is cut off was set',
    restored_elsewhere: 'The last backup of a volume took its place on another node, because its own was lost',
    changed: 'What a node says of a volume changed: made, in use, full, faulty', restoring: 'A volume goes back to a snapshot', schedule_changed: 'A schedule of snapshots changed',
    deleted: 'A volume was deleted; for a while it can be brought back', undeleted: 'A deleted volume was brought back', purged: 'Nothing is left of a deleted volume',
  },
  backup: {
    created: 'A backup was asked for', ready: 'A backup is in the bucket', delayed: 'Backups of a volume do not come about; they are tried again', failed: 'A backup failed for good',
    deleted: 'A backup was deleted, or its time was over',
  },
  drill: { started: 'A restore on trial began', passed: 'A restore on trial succeeded', failed: 'A restore on trial failed' },
  backup_target: { added: 'A bucket for backups was added', keys_replaced: 'A bucket for backups has other keys', tested: 'A bucket for backups was tried', removed: 'A bucket for backups was removed' },
  snapshot: { created: 'A snapshot was asked for', ready: 'A snapshot was taken', deleted: 'A snapshot was deleted, or its time was over' },
  secret: {
    created: 'A secret was created', rotated: 'A secret has a new version', updated: 'Settings of a secret changed', rolled_back: 'A secret went back to an earlier version',
    rollout_requested: 'Apps restart to take a new version', deleted: 'A secret was deleted', expiring: 'A secret expires soon', expired: 'A secret expired',
  },
  invoice: {
    drafted: 'A draft invoice waits for late usage', finalised: 'An invoice was issued', paid: 'An invoice was paid', voided: 'An invoice was voided', written_off: 'An invoice was given up',
    credited: 'A credit note settled what was owed', pro_forma_issued: 'A pro forma invoice was issued', clearance_cleared: 'The tax authority cleared an invoice',
    clearance_rejected: 'The tax authority rejected an invoice', clearance_retried: 'What the tax authority rejected of an invoice was handed in again', overdue: 'An invoice was not paid when it was due', reminded: 'A reminder of an invoice left',
  },
  credit_note: { issued: 'A credit note was issued', clearance_cleared: 'The tax authority cleared a credit note', clearance_rejected: 'The tax authority rejected a credit note' },
  invoice_item: { added: 'A charge was put on the next invoice', removed: 'A charge was taken back' },
  adjustment: { requested: 'A correction of the next invoice was asked for', approved: 'A correction goes on the next invoice', rejected: 'A correction was rejected' },
  tax_profile: { changed: 'The tax profile was changed', checked: 'A VAT number was checked' },
  subscription: {
    started: 'The organization subscribed to a plan', changed: 'The plan or its quantity changed', change_scheduled: 'A change was scheduled or waits for its payment',
    change_cancelled: 'A change that had not happened yet was cancelled', paused: 'The subscription was paused', resumed: 'The subscription goes on',
    trial_ended: 'The trial ended', cancelled: 'The subscription ended', migrated: 'The operator moved the subscription to another version of its price',
  },
  credit: {
    purchase_started: 'Credit was ordered', purchased: 'Credit was bought', granted: 'Credit was given', revoked: 'Credit was taken back',
    expiring: 'Credit ends soon', expired: 'Credit ended',
  },
  budget: {
    changed: 'A budget was set or changed', removed: 'A budget was removed', alerted: 'A share of the budget is spent', reached: 'The budget of the period is reached',
    apps_stopped: 'Apps were stopped by the budget', apps_started: 'Apps the budget had stopped start again',
  },
  coupon: { redeemed: 'A coupon was redeemed', removed: 'A coupon was removed' },
  usage: { rebuild_asked: 'Sums of usage are made anew' },
  payment: {
    started: 'A payment was begun', succeeded: 'A payment arrived', failed: 'A payment failed', requires_action: 'The bank asks the payer to confirm a payment',
    refunded: 'A payment was refunded, all of it or in part', recorded: 'A payment made outside every provider was recorded',
  },
  refund: { requested: 'A refund was asked for', failed: 'A refund failed' },
  dispute: { opened: 'The payer disputes a payment', evidence_submitted: 'A dispute was answered', closed: 'A dispute was won or lost' },
  payment_method: {
    setup_started: 'A card or account is being stored', added: 'A card or account was stored', default_changed: 'Another method is charged automatically',
    broken: 'A stored card or account is refused by its bank', removed: 'A stored card or account was removed',
  },
  organization: {
    created: 'The organization was created', updated: 'The organization was changed', settings_changed: 'Settings of the organization changed', payment_settings_changed: 'Automatic payment or top-up was changed', timezone_changed: 'The time zone changed',
    quotas_changed: 'Limits were changed by the operator', ownership_transferred: 'The organization has another owner', deletion_scheduled: 'The organization will be deleted',
    trust_changed: 'The operator trusts the organization, or no longer', deletion_undone: 'The deletion was undone', deleted: 'The organization was deleted', standing_changed: 'An organization is past due, or no longer',
    suspended: 'Apps were stopped because it does not pay, or by the operator', recovered: 'It is suspended no longer; what ran starts again',
    terminated: 'Apps and secrets were deleted because it stayed unpaid', dunning_paused: 'The operator lets reminders rest', dunning_resumed: 'Reminders go on',
  },
  member: {
    added: 'Somebody became a member', updated: 'A member has another role or other apps', suspended: 'A member was suspended', unsuspended: 'A member may work again',
    removed: 'A member was removed', left: 'A member left', second_factor_reset: 'The operator removed a member\'s lost second factor',
  },
  invitation: { created: 'Somebody was invited', resent: 'An invitation was sent again', accepted: 'An invitation was accepted', revoked: 'An invitation was withdrawn' },
  role: { created: 'A role was made', updated: 'A role was changed', deleted: 'A role was deleted' },
  service_account: { created: 'A service account was made', updated: 'A service account was changed', deleted: 'A service account was deleted' },
  token: { created: 'A token was made', updated: 'A token was changed', rotated: 'A token was replaced', revoked: 'A token was revoked' },
  sso: {
    updated: 'Single sign-on was set up or changed', removed: 'Single sign-on was removed', enforced: 'Single sign-on is demanded', relaxed: 'Single sign-on is no longer demanded',
    tested: 'Single sign-on was tried out', signed_in: 'Somebody signed in by single sign-on', sessions_ended: 'Sessions were ended by single sign-on',
  },
  sso_domain: { added: 'A domain was added', verified: 'A domain was verified', removed: 'A domain was removed', lost: 'A domain lost its proof' },
  domain: {
    added: 'A domain was added', verified: 'A domain was verified and is served', updated: 'A domain was changed', failing: 'The record that proves a domain is gone',
    recovered: 'The record that proves a domain is there again', lost: 'A domain lost its proof and is no longer served', removed: 'A domain was removed', hold_released: 'The operator ended the hold on a domain that was given up',
    certificate_uploaded: 'A certificate was uploaded', certificate_removed: 'A certificate was removed', certificate_issued: 'A certificate was obtained',
    certificate_failed: 'A certificate could not be obtained', certificate_expiring: 'A certificate expires soon', certificate_expired: 'A certificate expired',
  },
  impersonation: { granted: 'The operator may visit an account', started: 'The operator visits an account', ended: 'The operator left an account' },
  keys: { data_key_replacement_asked: 'A new encryption key was asked for', data_key_replaced: 'Secrets are encrypted with a new key',
    data_key_destroyed: 'The encryption key was destroyed with the organization' },
  audit: { exported: 'The audit log was exported' },
  log_drain: {
    created: 'A log drain was created', updated: 'A log drain was changed', deleted: 'A log drain was deleted', tested: 'A log drain was tried out',
    failing: 'A log drain takes nothing', disabled: 'A log drain was turned off because it keeps failing',
  },
  webhook: {
    created: 'A webhook was created', updated: 'A webhook was changed', deleted: 'A webhook was deleted', secret_rotated: 'A webhook has a new secret',
    redelivered: 'Deliveries were asked for again', test: 'A test; sent only to the webhook it was asked for', failing: 'A webhook could not be reached for 75 hours', disabled: 'A webhook was turned off because it is gone or keeps failing',
  },
} as const satisfies Record<string, Record<string, string>>

const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = EVENT_TYPES

export const isEventType = (type: string): boolean => {
  const [group = '', name = '', ...rest] = type.split('.')
  return rest.length === 0 && Object.hasOwn(groups, group) && Object.hasOwn(groups[group] ?? {}, name)
}

/** A type, all of a group, or all. */
export const isEventFilter = (filter: string): boolean =>
  filter === '*' || isEventType(filter) || (filter.endsWith('.*') && Object.hasOwn(groups, filter.slice(0, -2)))

export const filterTakes = (filters: readonly string[], type: string): boolean =>
  filters.some((filter) => filter === '*' || filter === type || (filter.endsWith('.*') && type.startsWith(filter.slice(0, -1))))
