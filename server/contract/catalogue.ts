/** Wire shapes of what is sold: meters, plans, and versions of their prices by market. */
import { z } from 'zod'
import { Price } from './billing-preview.ts'

export const INTERVALS = ['week', 'month', 'quarter', 'year'] as const
export type Interval = (typeof INTERVALS)[number]
export const TIMINGS = ['advance', 'arrears'] as const
export type Timing = (typeof TIMINGS)[number]
export const AGGREGATIONS = ['sum', 'count', 'max', 'last', 'unique'] as const

/** Key of a plan or meter: what API and command line call it. */
export const CatalogueKey = z.string().regex(/^[a-z][a-z0-9_-]{0,48}[a-z0-9]$/, 'Use 2 to 50 of a-z, 0-9, - and _, beginning with a letter.')
/** ISO 3166 country; empty is everywhere without a price of its own. */
export const Region = z.union([z.string().regex(/^[A-Z]{2}$/, 'Use the two letters of the country, like NG.'), z.literal('')])

/** Price of one meter, per `unit`; `meter_units` of what is measured are one unit. */
export const Charge = z.strictObject({ meter: z.string(), name: z.string(), unit: z.string(), meter_units: z.string(), price: Price })
export type Charge = z.infer<typeof Charge>

export const PriceSpec = Price
export type PriceSpec = Price
