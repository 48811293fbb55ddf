/** Words of the documents, by language. Dates and figures follow in format.ts. */
import type { Statement } from '../../../contract/invoice.ts'
import type { DocumentKind, DocumentLocale } from './snapshot.ts'

export interface Labels {
  titles: Record<DocumentKind, string>
  months: readonly string[]
  from: string; billTo: string; issued: string; due: string; period: string; dueOn: string; taxId: string; registration: string; bank: string
  description: string; quantity: string; unitPrice: string; amount: string; subtotal: string; discount: string; on: string; included: string; total: string
  credits: string; amountDue: string; amountCredited: string; credits_to: string; page: string; of: string; scanToPay: string; verify: string
  receipt: { title: string; paidOn: string; paidBy: string; reference: string; forInvoice: string; amountPaid: string; refunded: string; from: string }
  statement: string; date: string; balance: string; opening: string; closing: string; moves: Record<Statement['rows'][number]['type'], string>
}

export const LABELS: Record<DocumentLocale, Labels> = {
  en: {
    titles: { invoice: 'Invoice', one_off: 'Invoice', credit_purchase: 'Invoice', credit_note: 'Credit note', pro_forma: 'Pro forma invoice' },
    months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
    from: 'From', billTo: 'Bill to', issued: 'Issued', due: 'Due', period: 'Period', dueOn: 'due', taxId: 'Tax ID', registration: 'Registration', bank: 'Bank',
    description: 'Description', quantity: 'Quantity', unitPrice: 'Unit price', amount: 'Amount', subtotal: 'Subtotal', discount: 'Discount', on: 'on', included: 'included', total: 'Total',
    credits: 'Credits applied', amountDue: 'Amount due', amountCredited: 'Amount credited', credits_to: 'Credits invoice', page: 'Page', of: 'of', scanToPay: 'Scan to pay', verify: 'Verify',
    receipt: { title: 'Receipt', paidOn: 'Paid on', paidBy: 'Paid by', reference: 'Reference', forInvoice: 'For invoice', amountPaid: 'Amount paid', refunded: 'Paid back since', from: 'Received by' },
    statement: 'Statement of account', date: 'Date', balance: 'Balance', opening: 'Opening balance', closing: 'Closing balance',
    moves: { invoice: 'Invoice', payment: 'Payment', credit_note: 'Credit note', credit_used: 'Credit used', void: 'Invoice voided', write_off: 'Written off' },
  },
  fr: {
    titles: { invoice: 'Facture', one_off: 'Facture', credit_purchase: 'Facture', credit_note: 'Avoir', pro_forma: 'Facture pro forma' },
    months: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
    from: 'Émetteur', billTo: 'Destinataire', issued: 'Date', due: 'Échéance', period: 'Période', dueOn: 'à payer avant le', taxId: 'N° fiscal', registration: 'Immatriculation', bank: 'Banque',
    description: 'Désignation', quantity: 'Quantité', unitPrice: 'Prix unitaire', amount: 'Montant', subtotal: 'Total hors taxes', discount: 'Remise', on: 'sur', included: 'incluse', total: 'Total TTC',
    credits: 'Crédits utilisés', amountDue: 'Montant dû', amountCredited: 'Montant crédité', credits_to: 'Avoir sur la facture', page: 'Page', of: 'sur', scanToPay: 'Scanner pour payer', verify: 'Vérifier',
    receipt: { title: 'Reçu', paidOn: 'Payé le', paidBy: 'Moyen de paiement', reference: 'Référence', forInvoice: 'Pour la facture', amountPaid: 'Montant payé', refunded: 'Remboursé depuis', from: 'Reçu par' },
    statement: 'Relevé de compte', date: 'Date', balance: 'Solde', opening: 'Solde initial', closing: 'Solde final',
    moves: { invoice: 'Facture', payment: 'Paiement', credit_note: 'Avoir', credit_used: 'Crédit utilisé', void: 'Facture annulée', write_off: 'Passé en perte' },
  },
  sw: {
    titles: { invoice: 'Ankara', one_off: 'Ankara', credit_purchase: 'Ankara', credit_note: 'Hati ya mkopo', pro_forma: 'Ankara ya awali' },
    months: ['Januari', 'Februari', 'Machi', 'Aprili', 'Mei', 'Juni', 'Julai', 'Agosti', 'Septemba', 'Oktoba', 'Novemba', 'Desemba'],
    from: 'Kutoka', billTo: 'Kwa', issued: 'Tarehe', due: 'Mwisho wa malipo', period: 'Kipindi', dueOn: 'lipa kabla ya', taxId: 'Nambari ya kodi', registration: 'Usajili', bank: 'Benki',
    description: 'Maelezo', quantity: 'Kiasi', unitPrice: 'Bei ya kimoja', amount: 'Jumla', subtotal: 'Jumla kabla ya kodi', discount: 'Punguzo', on: 'kwa', included: 'imo ndani', total: 'Jumla kuu',
    credits: 'Mkopo uliotumika', amountDue: 'Kiasi cha kulipa', amountCredited: 'Kiasi kilichorudishwa', credits_to: 'Hurudisha ankara', page: 'Ukurasa', of: 'wa', scanToPay: 'Changanua kulipa', verify: 'Thibitisha',
    receipt: { title: 'Risiti', paidOn: 'Imelipwa', paidBy: 'Njia ya malipo', reference: 'Rejea', forInvoice: 'Kwa ankara', amountPaid: 'Kiasi kilicholipwa', refunded: 'Kilichorudishwa tangu', from: 'Imepokelewa na' },
    statement: 'Taarifa ya akaunti', date: 'Tarehe', balance: 'Salio', opening: 'Salio la mwanzo', closing: 'Salio la mwisho',
    moves: { invoice: 'Ankara', payment: 'Malipo', credit_note: 'Hati ya mkopo', credit_used: 'Mkopo uliotumika', void: 'Ankara imefutwa', write_off: 'Imefutwa kama hasara' },
  },
}
