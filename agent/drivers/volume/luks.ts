/** LUKS containers made by qemu-img and opened by QEMU itself: neither needs dm-crypt, and the host never sees the plain disk. */
import { open, stat } from 'node:fs/promises'
import { CommandError, runCommand } from '../command.ts'
import { withKeyFile } from '../key-file.ts'

const MAGIC = Buffer.from('LUKS\xba\xbe', 'latin1')
const SECTOR = 512
const PAYLOAD_OFFSET_AT = 104
/** The key is random and long: nothing is gained by making guesses slow. */
const KDF_MS = 20

/** Bytes before the encrypted disk itself; 0 for a plain one. */
export async function headBytes(path: string): Promise<number> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SECTOR), 0, SECTOR, 0)
    return bytesRead === SECTOR && buffer.subarray(0, MAGIC.length).equals(MAGIC) ? buffer.readUInt32BE(PAYLOAD_OFFSET_AT) * SECTOR : 0
  } finally {
    await file.close()
  }
}

/** Every block is written: what was never used looks like the rest. */
export async function encrypt(plain: string, target: string, key: string): Promise<void> {
  const { size } = await stat(plain)
  await withKeyFile(key, null, async (keyFile) => {
    const secret = ['--object', `secret,id=key,file=${keyFile}`]
    await makeContainer(['qemu-img', 'create', '-q', '-f', 'luks', ...secret, '-o', `key-secret=key,iter-time=${KDF_MS}`, target, String(size)])
    await runCommand(
      ['qemu-img', 'convert', '-n', ...secret, '--image-opts', '--target-image-opts', `driver=raw,file.driver=file,file.filename=${plain}`,
        `driver=luks,key-secret=key,file.driver=file,file.filename=${target}`],
      { timeoutMs: 3_600_000 },
    )
  })
}

const TRIES = 60
const UNMEASURED = 'Unable to get accurate CPU usage'

/** QEMU measures how fast it derives keys, and gives up at once where the kernel's clock of CPU time did not tick meanwhile. */
async function makeContainer(argv: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await runCommand(argv, { timeoutMs: 60_000 })
      return
    } catch (error) {
      if (attempt === TRIES || !(error instanceof CommandError) || !error.result.stderr.includes(UNMEASURED)) throw error
    }
  }
}
