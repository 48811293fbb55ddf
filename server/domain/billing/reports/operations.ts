/** The seller's reports, as the outside sees them. */
import { mrrReport } from './mrr.ts'
import { revenueReport } from './revenue.ts'
import { taxReport, taxReportCsv } from './tax-report.ts'

export { mrrReport, revenueReport, taxReport }
export const reportOperations = [revenueReport, mrrReport, taxReport]
export const reportFiles = [taxReportCsv]
