/** What an invoice document shows; frozen when the invoice is finalised and the only input of its PDF. Amounts in minor units. */
export type Party = {
  readonly name: string
  readonly address: readonly string[]
  readonly email: string | null
  readonly taxId: string | null
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
}

export type InvoiceSnapshot = {
  readonly kind: 'invoice' | 'credit_note' | 'pro_forma'
  readonly number: string
  readonly currency: string
  /** Local dates of the seller, YYYY-MM-DD. */
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
  readonly taxes: readonly { readonly rate: string; readonly base: number; readonly amount: number }[]
  readonly taxName: string
  readonly total: number
  readonly creditsApplied: number
  readonly amountDue: number
  readonly note: string | null
  /** Tax authority clearance where the country has one: invoice reference number and stamp. */
  readonly clearance: { readonly irn: string; readonly csid: string } | null
}
