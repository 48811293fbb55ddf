/** E-mails to operators about backups of the installation itself. */
import { Action, Facts, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

type Trouble = EmailProps<'portal_backup_trouble'>['trouble']

const TITLES: Record<Trouble, string> = {
  failed: 'The installation could not be backed up', overdue: 'The installation has no recent backup', damaged: 'A backup of the installation is damaged',
}
const TEXTS: Record<Trouble, string> = {
  failed: 'Earlier backups are untouched. A scheduled one is tried again in an hour.',
  overdue: 'The newest good backup is older than 36 hours. If the machine were lost now, everything since would be lost with it.',
  damaged: 'It was read back from where it lies and is not what was written. Make a new one, and look at the disk or bucket it is in.',
}

export const portalBackupTitle = (trouble: Trouble): string => TITLES[trouble]

export function PortalBackupTrouble({ brand, trouble, detail, url }: EmailProps<'portal_backup_trouble'>) {
  return (
    <Frame brand={brand} title={TITLES[trouble]} preview={detail}>
      <Paragraph>{TEXTS[trouble]}</Paragraph>
      <Facts rows={[['What happened', detail]]} />
      <Action brand={brand} href={url}>See the backups</Action>
    </Frame>
  )
}
