import { TerminalPage } from '../_components/terminal-page.tsx'

export default function Page() {
  return <TerminalPage />
}
