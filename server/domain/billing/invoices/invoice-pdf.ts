import { runtime } from '../../../core/runtime.ts'
import { printable, renderStored } from '../documents/documents.ts'
import type { InvoiceRow } from './invoice-wire.ts'

/** The PDF of a stored invoice; throws when it differs from the one issued first. */
export const renderStoredInvoice = async (row: InvoiceRow): Promise<Buffer> =>
  renderStored(await runtime().databases.asSystem('job', (db) => printable(db, row, 'invoice')))
