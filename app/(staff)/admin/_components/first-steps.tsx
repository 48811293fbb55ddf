import Link from 'next/link'
import { paths } from '../../../_lib/paths.ts'
import { Section } from '../../../_ui/page.tsx'

const STEPS = [
  { href: paths.newOrganization, title: 'Deploy an app as your customers will', detail: 'Make an organization of your own; its console has New app and the marketplace.' },
  { href: paths.adminNodes, title: 'Add a node', detail: 'This machine is one already. Another joins by one line, pasted into its terminal.' },
  { href: paths.adminCatalogue, title: 'Set your prices', detail: 'Plans and meters, with a price list for each market and currency.' },
  { href: paths.adminBackups, title: 'Back up this installation', detail: 'Name a place on other ground, and keep the passphrase that opens it.' },
  { href: paths.signUp, title: 'Send customers to your sign-up page', detail: 'Open it in a private window to see what they see.' },
] as const

/** Where a new installation leads its operator, until there is a first organization. */
export function FirstSteps() {
  return (
    <Section title="First steps">
      <ol className="rounded-box border border-line bg-surface">
        {STEPS.map((step, index) => (
          <li key={step.href} className="relative flex items-start gap-3 border-b border-line px-4 py-3 last:border-0 hover:bg-hover">
            <span aria-hidden className="w-5 shrink-0 text-muted tabular-nums">
              {index + 1}
            </span>
            <div className="min-w-0">
              <Link href={step.href} className="row-link font-strong no-underline">
                {step.title}
              </Link>
              <p className="text-13 text-muted">{step.detail}</p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}
