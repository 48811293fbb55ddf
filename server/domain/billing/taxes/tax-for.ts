/** Which tax a line carries: a pure decision from seller, buyer, product, date and the seller's rates. Nothing is guessed. */
export interface TaxSeller { country: string; region: string; taxId: string | null; defaultRate: string; defaultName: string }
export interface TaxBuyer {
  country: string
  region: string
  business: boolean
  taxId: string | null
  vatStatus: VatStatus
  exemption: { until: string | null; evidence: string } | null
}
export const VAT_STATUSES = ['none', 'pending', 'valid', 'invalid'] as const
export type VatStatus = (typeof VAT_STATUSES)[number]
/** In force on the local dates `[from, to)`; empty region or product = all. */
export interface TaxRateRule {
  country: string; region: string; product: string; from: string; to: string | null; rate: string; inclusive: boolean; name: string
}
/** Codes of UNTDID 5305: standard, zero, exempt, reverse charge, outside the scope. */
export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'O'
export interface TaxTreatment { category: TaxCategory; rate: string; name: string; inclusive: boolean; wording: string | null }
export type TaxDecision = { pending: true } | ({ pending: false } & TaxTreatment)
export interface TaxQuestion { seller: TaxSeller; buyer: TaxBuyer; product: string; date: string; rates: readonly TaxRateRule[] }

const EU = new Set('AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '))
export const isEu = (country: string): boolean => EU.has(country)

export const REVERSE_CHARGE = 'Reverse charge: VAT is to be accounted for by the recipient (Article 196, Council Directive 2006/112/EC).'

/** The register answers for a business in another member state than the seller's. */
export const needsVatCheck = (seller: Pick<TaxSeller, 'country'>, buyer: Pick<TaxBuyer, 'country' | 'business' | 'taxId'>): boolean =>
  buyer.business && buyer.taxId !== null && seller.country !== buyer.country && isEu(seller.country) && isEu(buyer.country)

export const taxFor = ({ seller, buyer, product, date, rates }: TaxQuestion): TaxDecision => {
  const { exemption } = buyer
  if (exemption && (exemption.until === null || date < exemption.until)) {
    return untaxed('E', seller.defaultName, `Exempt from ${seller.defaultName}: ${exemption.evidence}`)
  }
  if (needsVatCheck(seller, buyer)) {
    if (buyer.vatStatus === 'valid') return untaxed('AE', seller.defaultName, REVERSE_CHARGE)
    if (buyer.vatStatus !== 'invalid') return { pending: true }
  }
  if (rates.length === 0) return fallback(seller)
  const own = rateIn(rates, buyer.country, buyer.region, product, date)
  if (own) return taxed(own)
  if (buyer.country === seller.country) return fallback(seller)
  if (isEu(seller.country) && isEu(buyer.country)) {
    const home = rateIn(rates, seller.country, seller.region, product, date)
    return home ? taxed(home) : fallback(seller)
  }
  return untaxed('O', seller.defaultName, `Outside the scope of ${seller.defaultName} in ${seller.country}`)
}

const untaxed = (category: TaxCategory, name: string, wording: string | null): TaxDecision =>
  ({ pending: false, category, rate: '0', name, inclusive: false, wording })

const isZero = (rate: string): boolean => /^0(\.0*)?$/.test(rate)

const taxed = ({ rate, name, inclusive }: Pick<TaxRateRule, 'rate' | 'name' | 'inclusive'>): TaxDecision =>
  ({ pending: false, category: isZero(rate) ? 'Z' : 'S', rate, name, inclusive, wording: null })

/** A seller without rates of its own charges everybody one rate. */
const fallback = (seller: TaxSeller): TaxDecision =>
  (isZero(seller.defaultRate) ? untaxed('O', seller.defaultName, null) : taxed({ rate: seller.defaultRate, name: seller.defaultName, inclusive: false }))

/** The most particular rate in force: its own region before the country, its own product before all, the newest of equals. */
const rateIn = (rates: readonly TaxRateRule[], country: string, region: string, product: string, date: string): TaxRateRule | undefined =>
  rates.filter((rate) => rate.country === country && (rate.region === '' || rate.region === region) && (rate.product === '' || rate.product === product)
    && rate.from <= date && (rate.to === null || date < rate.to))
    .sort((a, b) => weight(b) - weight(a) || (a.from < b.from ? 1 : -1))[0]

const weight = (rate: TaxRateRule): number => (rate.region === '' ? 0 : 2) + (rate.product === '' ? 0 : 1)
