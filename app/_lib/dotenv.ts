/** Names that people give to passwords and keys. */
export const looksSecret = (name: string): boolean =>
  /SECRET|TOKEN|PASSWORD|PASSWD|PRIVATE|CREDENTIAL|API_?KEY|_KEY$|DATABASE_URL|DSN/i.test(name)
