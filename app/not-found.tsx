import { PlainShell } from './_shell/plain-shell.tsx'
import { paths } from './_lib/paths.ts'
import { ButtonLink } from './_ui/button.tsx'

export default function NotFound() {
  return (
    <PlainShell>
      <h1 className="text-20 font-strong">Nothing is at this address</h1>
      <p className="mt-2 mb-6 text-muted">It may have been deleted, or it belongs to an organization that you are not a member of.</p>
      <ButtonLink href={paths.home}>Go to your apps</ButtonLink>
    </PlainShell>
  )
}
