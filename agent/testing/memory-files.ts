import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const MEMORY = '/dev/shm'

/** Files of ours in memory that hold a text: of this test's key there must be none. Others may be at work beside it. */
export async function memoryFilesWith(text: string): Promise<string[]> {
  const folders = (await readdir(MEMORY)).filter((name) => name.startsWith('shellwego-'))
  const below = async (name: string): Promise<string[]> => (await readdir(join(MEMORY, name)).catch(() => [])).map((file) => join(MEMORY, name, file))
  const files = (await Promise.all(folders.map(below))).flat()
  const found = await Promise.all(files.map((path) => readFile(path).then((bytes) => bytes.includes(text), () => false)))
  return files.filter((_, index) => found[index])
}
