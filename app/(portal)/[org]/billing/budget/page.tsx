import type { Metadata } from 'next'
import { BudgetPage } from './_components/budget-page.tsx'

export const metadata: Metadata = { title: 'Budget' }

export default function Page() {
  return <BudgetPage />
}
