/** E-mails about backups that could not be made or restored. */
import { Action, Facts, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

type Trouble = EmailProps<'backup_trouble'>['trouble']

const TITLES: Record<Trouble, string> = { backup: 'A backup failed', drill: 'A backup could not be restored' }
const TEXTS: Record<Trouble, string> = {
  backup: 'What the volume held then is not in the bucket. The volume itself is untouched. Make a new backup once you have seen what is wrong.',
  drill: 'A restore was tried to see whether it works, and it did not. Do not rely on this backup: make a new one, and have that restored on trial.',
}

export const backupTitle = (trouble: Trouble): string => TITLES[trouble]

export function BackupTrouble({ brand, organization, volume, trouble, detail, url }: EmailProps<'backup_trouble'>) {
  return (
    <Frame brand={brand} title={TITLES[trouble]} preview={volume}>
      <Paragraph>{TEXTS[trouble]}</Paragraph>
      <Facts rows={[['Organization', organization], ['Volume', volume], ['What happened', detail]]} />
      <Action brand={brand} href={url}>See the volume</Action>
    </Frame>
  )
}
