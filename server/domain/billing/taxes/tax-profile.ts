import type { OrgTaxProfile as TaxProfileRow } from '../../../../prisma/generated/client.ts'
import type { TaxBuyer, TaxSeller, VatStatus } from './tax-for.ts'

export type { TaxProfileRow }

export const vatStatusOf = (row: TaxProfileRow | null | undefined): VatStatus =>
  (row?.vatStatus === 'pending' || row?.vatStatus === 'valid' || row?.vatStatus === 'invalid' ? row.vatStatus : 'none')

/** A customer as the tax rules see it; without a profile it is a person of its country. */
export const buyerOf = (country: string, row: TaxProfileRow | null | undefined): TaxBuyer => ({
  country, region: row?.region ?? '', business: row?.business ?? false, taxId: row?.taxId ?? null, vatStatus: vatStatusOf(row),
  exemption: row?.exempt ? { until: row.exemptUntil, evidence: row.exemptEvidence ?? '' } : null,
})

interface SellerBrand { taxRate: string; taxLabel: string }
interface SellerEntity { country: string; region: string; taxId: string | null }

export const sellerOf = ({ taxRate, taxLabel }: SellerBrand, { country, region, taxId }: SellerEntity): TaxSeller =>
  ({ country, region, taxId, defaultRate: taxRate, defaultName: taxLabel })
