/**
 * Standard rates to start from. Sources, looked at in November 2026:
 * - Nigeria 7.5 % since 2020-02-01: Finance Act 2019, kept by the Nigeria Tax Act 2025 (in force 2026-01-01).
 * - Kenya 16 %: Value Added Tax Act 2013; 14 % from 2020-04-01 to 2020-12-31 (vatcalc.com/kenya/kenya-reverses-covid-19-vat-rate-to-16-jan-2021).
 * - South Africa 15 % since 2018-04-01: SARS VAT 404 guide; the rise announced for May 2025 was withdrawn.
 * - Ghana 20 % since 2026-01-01: VAT 15 % + NHIL 2.5 % + GETFund 2.5 % on one base, Act 1151 (crowe.com/gh/news/ghana-vat-reform-2026); before,
 *   levies of 6 % entered the base of the VAT, 21.9 % in all.
 */
export interface TaxPreset { country: string; name: string; rate: string; from: string; to: string | null; source: string }

export const TAX_PRESETS: Record<string, readonly TaxPreset[]> = {
  NG: [{ country: 'NG', name: 'VAT', rate: '0.075', from: '2020-02-01', to: null, source: 'Finance Act 2019; Nigeria Tax Act 2025' }],
  KE: [
    { country: 'KE', name: 'VAT', rate: '0.14', from: '2020-04-01', to: '2021-01-01', source: 'Legal Notice 35 of 2020' },
    { country: 'KE', name: 'VAT', rate: '0.16', from: '2021-01-01', to: null, source: 'Value Added Tax Act 2013; Legal Notice 206 of 2020' },
  ],
  ZA: [{ country: 'ZA', name: 'VAT', rate: '0.15', from: '2018-04-01', to: null, source: 'SARS VAT 404' }],
  GH: [
    { country: 'GH', name: 'VAT, NHIL, GETFund, CHRL', rate: '0.219', from: '2023-01-01', to: '2026-01-01', source: 'Act 870 as amended; levies enter the base' },
    { country: 'GH', name: 'VAT, NHIL, GETFund', rate: '0.2', from: '2026-01-01', to: null, source: 'Value Added Tax Act 2025 (Act 1151)' },
  ],
}
