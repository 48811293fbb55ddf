import { subscribe } from '../../core/event.ts'
import { mailReceipt } from './mails.ts'

subscribe('invoice.paid', mailReceipt)
