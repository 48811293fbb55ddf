/** Why a request to a customer's address was not made, or brought no answer. Closed list, shown in delivery logs. */
export const OUTGOING_FAULTS = {
  invalid_url: 'The address is not a URL.',
  scheme_not_allowed: 'Only https addresses may be reached.',
  credentials_not_allowed: 'The address must not hold a user name or password.',
  port_not_allowed: 'Only the ports 80, 443, 8080 and 8443 may be reached.',
  address_not_allowed: 'Address not allowed: the name leads to a private, local or reserved network.',
  name_not_found: 'The host name does not resolve.',
  connection_failed: 'The connection could not be made or broke off.',
  tls_failed: 'The TLS handshake failed. Check certificate and host name.',
  timeout: 'No complete answer in time.',
  invalid_response: 'The answer is not HTTP.',
} as const
export type OutgoingFault = keyof typeof OUTGOING_FAULTS
