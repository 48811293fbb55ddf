import { subscribe } from '../../core/event.ts'
import { mailInvoice } from './mails.ts'
import { priceBrand, subscribeOrganization } from './start-billing.ts'

subscribe('organization.created', subscribeOrganization)
subscribe('brand.created', priceBrand)
subscribe('invoice.finalised', mailInvoice)
