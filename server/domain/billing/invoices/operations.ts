/** Invoices, credit notes, items, sellers and taxes, as the outside sees them. */
import { decideAdjustment, listAdjustments, requestAdjustment } from '../adjustments/adjustment-operations.ts'
import { clearDocument } from '../clearance/clear-document.ts'
import { retryClearance } from '../clearance/retry-clearance.ts'
import { creditNotePdf, creditNoteXml, invoicePdf, invoiceXml } from '../documents/documents.ts'
import { allInvoicesCsv, invoicesCsv, journalCsv } from '../documents/exports.ts'
import { createEntity, getEntity, listEntities, updateEntity } from '../entities/entity-operations.ts'
import { getSettings, setSettings } from '../entities/settings-operations.ts'
import { mailCreditNote } from '../invoice-mails.ts'
import { addItem, listInvoiceItems, removeItem } from '../items/item-operations.ts'
import { statementCsv, statementPdf } from '../statement/statement-files.ts'
import { getStatement } from '../statement/read-statement.ts'
import { checkVat } from '../taxes/check-vat.ts'
import { getOrgTaxProfile, getTaxProfile, setOrgTaxProfile, setTaxProfile } from '../taxes/profile-operations.ts'
import { addTaxRate, applyPreset, endTaxRate, getTaxRate, listTaxRates } from '../taxes/rate-operations.ts'
import { taxAffected } from '../taxes/tax-affected.ts'
import { createInvoice } from './create-invoice.ts'
import { issueCreditNote, previewCreditNote } from './credit-notes/issue-credit-note.ts'
import { getCreditNote, listAllCreditNotes, listCreditNotes } from './credit-notes/read-credit-notes.ts'
import { finaliseInvoice, voidInvoice, writeOffInvoice } from './end-invoice.ts'
import { readAnyInvoice } from './read-any-invoice.ts'
import { previewInvoice } from './preview-invoice.ts'

export {
  addItem, addTaxRate, applyPreset, createEntity, createInvoice, decideAdjustment, endTaxRate, finaliseInvoice, getCreditNote, getEntity,
    getOrgTaxProfile, getSettings,
  getStatement, getTaxProfile, getTaxRate, issueCreditNote, listAdjustments, listAllCreditNotes, listCreditNotes, listEntities, listInvoiceItems,
    listTaxRates, previewCreditNote,
  previewInvoice, readAnyInvoice, removeItem, requestAdjustment, retryClearance, setOrgTaxProfile, setSettings, setTaxProfile, taxAffected,
  updateEntity, voidInvoice,
    writeOffInvoice,
}
export const invoiceOperations = [
  previewInvoice, listCreditNotes, getCreditNote, getStatement, getTaxProfile, setTaxProfile,
  readAnyInvoice, finaliseInvoice, voidInvoice, writeOffInvoice, retryClearance,
  createInvoice, previewCreditNote, issueCreditNote, listAllCreditNotes,
  listInvoiceItems, addItem, removeItem, listAdjustments, requestAdjustment, decideAdjustment, listEntities, getEntity, createEntity, updateEntity,
    getSettings, setSettings,
  listTaxRates, getTaxRate, addTaxRate, endTaxRate, applyPreset, taxAffected, getOrgTaxProfile, setOrgTaxProfile,
]
export const invoiceFiles = [invoicePdf, invoiceXml, invoicesCsv, creditNotePdf, creditNoteXml, statementCsv, statementPdf, allInvoicesCsv, journalCsv]
export const invoiceJobs = [clearDocument, checkVat, mailCreditNote]
