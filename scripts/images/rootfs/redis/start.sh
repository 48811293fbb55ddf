#!/bin/sh
# The password reaches Redis on stdin: never on a command line, never on disk.
umask 077
[ -n "$REDIS_PASSWORD" ] || { echo 'REDIS_PASSWORD is not set. Set it as a secret of this app and deploy again.' >&2; exit 64; }
quoted=$(printf %s "$REDIS_PASSWORD" | sed 's/[\\"]/\\&/g')
exec redis-server - <<EOF
bind * -::*
port ${PORT:-6379}
dir /data
appendonly yes
save ""
maxmemory-policy noeviction
requirepass "$quoted"
EOF
