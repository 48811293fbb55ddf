import type { BackupPlan } from '../../../../_lib/wire.ts'
import { Section } from '../../../../_ui/page.tsx'
import { CommandLine } from '../../../../_ui/copy.tsx'

/** What to do when the machine is gone; better printed than read for the first time then. */
export function RestoreHelp({ plan }: { plan: BackupPlan }) {
  if (plan.place === null) return null
  return (
    <Section title="When this machine is lost" hint="Try it once a quarter on a machine that does not matter.">
      <ol className="mb-3 flex list-decimal flex-col gap-1 ps-5 text-14">
        <li>Check out the same version on a new machine. Do not start it.</li>
        <li>Bring {plan.opened_by === 'recipient' ? 'the identity file' : 'the passphrase in a file'}: it is in no backup.</li>
        <li>Run the command below, then <code>npm run up</code>, and point the console’s domain at the machine.</li>
        <li>Open this page: it shows which nodes were heard and what they run that the backup does not know. Decide, then resume.</li>
      </ol>
      <CommandLine command={plan.restore_command} />
    </Section>
  )
}
