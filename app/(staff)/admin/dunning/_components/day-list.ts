/** `-3, 1, 7` as whole days in rising order; null where it cannot be read. */
export const daysIn = (text: string): number[] | null => {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  if (parts.some((part) => !/^[-−]?\d{1,3}$/.test(part))) return null
  return parts.map((part) => Number(part.replace('−', '-'))).sort((a, b) => a - b)
}

export const dayText = (days: readonly number[]): string => days.join(', ')
