/**
 * Invoice reference number of Nigeria's e-invoicing: invoice number, service id and date, joined by hyphens. The authority takes letters and
 * digits in the number only.
 */
export const irnOf = (number: string, serviceId: string, issuedOn: string): string =>
  `${number.replace(/[^A-Za-z0-9]/g, '')}-${serviceId}-${issuedOn.replaceAll('-', '')}`
