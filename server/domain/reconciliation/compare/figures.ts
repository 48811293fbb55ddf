/** What a comparison counted, as the daily report and the console show it. */
export type Figures = Record<string, number>

export const count = (figures: Figures, name: string, by = 1): void => { figures[name] = (figures[name] ?? 0) + by }
