import { subscribe } from '../../core/event.ts'
import { mailReceipt } from './mails.ts'

export const subscribePayments = (): void => subscribe('invoice.paid', mailReceipt)
