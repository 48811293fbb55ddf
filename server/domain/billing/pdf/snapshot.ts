/** What an invoice document shows; frozen when the invoice is finalised and the only input of its documents. Amounts in minor units. */
export type Party = {
  readonly name: string
  readonly address: readonly string[]
  readonly email: string | null
  readonly taxId: string | null
  readonly country?: string
  readonly registrationNo?: string | null
  readonly bankDetails?: readonly string[]
}

export type SnapshotLine = {
  readonly description: string
  readonly quantity: string
  readonly unit: string
  readonly unitAmount: string | null
  readonly amount: number
  readonly taxRate: string
  readonly periodStart: string
  readonly periodEnd: string
  /** Absent on documents issued before these were kept. */
  readonly discount?: number
  readonly kind?: string
  readonly product?: string
  readonly taxCategory?: string
}

export type SnapshotTax = {
  readonly rate: string
  readonly base: number
  readonly amount: number
  readonly name?: string
  readonly category?: string
  readonly inclusive?: boolean
  readonly wording?: string | null
}

export const DOCUMENT_KINDS = ['invoice', 'credit_note', 'pro_forma', 'one_off', 'credit_purchase'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]
export const DOCUMENT_LOCALES = ['en', 'fr', 'sw'] as const
export type DocumentLocale = (typeof DOCUMENT_LOCALES)[number]

export type InvoiceSnapshot = {
  readonly kind: DocumentKind
  readonly number: string
  readonly currency: string
  readonly locale?: DocumentLocale
  /** Local dates of the customer's billing time zone, YYYY-MM-DD. */
  readonly issuedOn: string
  readonly dueOn: string | null
  readonly periodStart: string
  /** Exclusive, as everywhere; the document shows the last day inside. */
  readonly periodEnd: string
  readonly brand: { readonly name: string; readonly color: string }
  readonly seller: Party
  readonly buyer: Party
  readonly lines: readonly SnapshotLine[]
  readonly subtotal: number
  readonly discount: number
  readonly taxes: readonly SnapshotTax[]
  readonly taxName: string
  readonly total: number
  readonly creditsApplied: number
  readonly amountDue: number
  readonly note: string | null
  /** Where it is paid; printed as a QR code. */
  readonly payUrl?: string | null
  /** Of a credit note: the invoice it takes from. */
  readonly reference?: { readonly number: string; readonly issuedOn: string } | null
  /** Tax authority clearance where the country has one: joins when the authority stamped the document. */
  readonly clearance: { readonly irn: string; readonly csid: string; readonly qr?: string } | null
}
