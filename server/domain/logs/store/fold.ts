/** How texts are compared: in any case. One rule for what is kept and what is asked. */
export const fold = (text: string): string => text.toLowerCase()
