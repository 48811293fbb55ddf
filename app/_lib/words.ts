/** Splits what was typed into arguments, as a shell's reader would, but expands nothing: quotes hold together, a backslash takes the next one as it is. */
export const wordsOf = (line: string): string[] => {
  const words: string[] = []
  let [word, quote]: [string | null, string | null] = [null, null]
  for (let at = 0; at < line.length; at += 1) {
    const one = line.charAt(at)
    if (one === '\\' && quote !== "'") {
      at += 1
      word = (word ?? '') + line.charAt(at)
    } else if (quote !== null) {
      if (one === quote) quote = null
      else word = (word ?? '') + one
    } else if (one === '"' || one === "'") {
      quote = one
      word ??= ''
    } else if (/\s/.test(one)) {
      if (word !== null) words.push(word)
      word = null
    } else {
      word = (word ?? '') + one
    }
  }
  return word === null ? words : [...words, word]
}
