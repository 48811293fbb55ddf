/** How the pages say where an app may go, and how fast. */
export const egressWord = ({ egress, rules }: { egress: 'open' | 'restricted'; rules: number }): string =>
  egress === 'open' ? 'Everywhere' : rules === 0 ? 'Nowhere outside' : rules === 1 ? 'By 1 rule' : `By ${rules} rules`

export const rateWord = (mbit: number | null): string => (mbit === null ? 'As the plan allows' : `${mbit.toLocaleString('en')} Mbit/s`)
