/** The tax authority that clears invoices before the buyer has them. */
export interface ClearanceRequest { irn: string; serviceId: string; number: string; issuedOn: string; kind: 'invoice' | 'credit_note'; xml: string }
export type ClearanceAnswer =
  | { state: 'cleared'; csid: string; qr: string }
  | { state: 'pending' }
  | { state: 'rejected'; detail: string }

export interface ClearanceProvider {
  /** Answers the same for the same reference number, however often it is asked. Throws when the authority cannot be reached. */
  submit(request: ClearanceRequest): Promise<ClearanceAnswer>
}

let provider: ClearanceProvider | null = null

/** Called once by the composition. */
export const setClearanceProvider = (chosen: ClearanceProvider | null): void => { provider = chosen }
export const clearanceProvider = (): ClearanceProvider | null => provider
