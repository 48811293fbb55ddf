/** E-mails to somebody who has not paid: what happened, what it means for their apps, one thing to do. */
import { Action, Facts, Figure, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

type Notice = EmailProps<'standing_notice'>

const TITLES: Readonly<Record<Notice['notice'], (organization: string) => string>> = {
  suspended: (name) => `${name} is suspended`,
  recovered: (name) => `${name} is back`,
  last_notice: (name) => `Last notice: ${name} will be deleted`,
  terminated: (name) => `${name} was deleted`,
}
export const standingTitle = ({ notice, organization }: Pick<Notice, 'notice' | 'organization'>): string => TITLES[notice](organization)

const textOf = ({ notice, on, owed }: Notice): string => {
  switch (notice) {
    case 'suspended': return `Its apps are stopped because invoices were not paid in time. Nothing is deleted before ${on ?? 'the end of the retention'}. Pay, and the apps start again within a minute.`
    case 'recovered': return owed === null ? 'Everything is paid. The apps that ran before start again now.' : 'The apps that ran before start again now. Another invoice is still open.'
    case 'last_notice': return `It is still unpaid. On ${on ?? 'the day named there'} its apps and secrets are deleted for good. Pay before that day and everything comes back as it was.`
    case 'terminated': return 'Its apps and secrets were deleted because it stayed unpaid. Invoices and members are kept, and a list of what there was can be downloaded.'
  }
}

export function StandingNotice(props: Notice) {
  const { brand, organization, notice, owed, on, url } = props
  const facts = [...(on === null ? [] : [[notice === 'last_notice' ? 'Deleted on' : 'Kept until', on] as const]), ['For', organization] as const]
  return (
    <Frame brand={brand} title={standingTitle(props)} preview={owed === null ? 'Nothing is owed.' : `${owed} is open.`}>
      {owed === null ? null : <Figure>{owed}</Figure>}
      <Facts rows={facts} />
      <Paragraph>{textOf(props)}</Paragraph>
      <Action brand={brand} href={url}>{notice === 'terminated' ? 'Download the list' : notice === 'recovered' ? 'View your apps' : 'View and pay'}</Action>
      <Paragraph>If you have paid in the meantime, ignore this e-mail.</Paragraph>
    </Frame>
  )
}

export function BudgetAlert({ brand, organization, threshold, spent, budget, hard_cap, stop_apps, url }: EmailProps<'budget_alert'>) {
  const reached = threshold >= 100
  return (
    <Frame brand={brand} title={`${threshold} % of the budget is spent`} preview={`${spent} of ${budget}.`}>
      <Figure>{spent}</Figure>
      <Facts rows={[['Budget', budget], ['For', organization]]} />
      {reached && hard_cap ? <Paragraph>New apps, starts and larger sizes are refused until the next period or a higher budget.{stop_apps ? ' Running apps were stopped.' : ' What runs goes on.'}</Paragraph> : null}
      <Action brand={brand} href={url}>View spend and budget</Action>
    </Frame>
  )
}
