/** What is asked for, and how its proof is shown to the world and taken away again. */
export interface CertificateOrder { name: string; publish: (value: string) => Promise<void>; withdraw: (value: string) => Promise<void> }

/** Port: who signs certificates that an edge cannot get by itself, such as those for wildcards. Proof is by DNS alone. */
export interface CertificateAuthority {
  obtain: (order: CertificateOrder) => Promise<{ chain: string; key: string }>
}

/** Port: a zone of the platform's own. Customers lead `_acme-challenge` of their domain into it once, and never again. */
export interface DnsZone {
  name: string
  setTxt(label: string, value: string): Promise<void>
  removeTxt(label: string, value: string): Promise<void>
}

export interface Issuing { authority: CertificateAuthority; zone: DnsZone }
let issuing: Issuing | null = null

/** Null: wildcards are served with uploaded certificates only. */
export const setIssuing = (chosen: Issuing | null): void => {
  issuing = chosen
}
export const currentIssuing = (): Issuing | null => issuing
