#!/bin/sh
# Starts this node's parts: `launch agent`, `launch fence`, `launch edge`; `launch keep` keeps them running in the foreground where there is no systemd.
# It alone decides which release of the agent runs, so it depends on none: an upgrade is on trial until the agent, heard by the portal,
# makes it the current one. What kills this machine at any moment leaves one complete release to run.
set -eu
data=$(dirname "$(readlink -f "$0")")
releases=$data/releases
set -a
. "$data/agent.env"
set +a

say() { printf 'shellwego: %s\n' "$*" >&2; }
named() { readlink "$releases/$1" 2>/dev/null || true; }
starts_of() { if [ -e "$releases/starts-$1" ]; then wc -l <"$releases/starts-$1"; else echo 0; fi; }

give_up() {
  say "release $1 is given up: $2"
  printf '%s\n' "$2" >"$releases/failed-$1.new"
  mv -f "$releases/failed-$1.new" "$releases/failed-$1"
  rm -f "$releases/trial"
}

# Answers with `current` or `trial`. A start is counted before it is made.
choose() {
  trial=$(named trial)
  if [ -z "$trial" ]; then echo current; return; fi
  if [ "$trial" = "$(named current)" ] || [ -e "$releases/failed-$trial" ] || [ ! -x "$releases/$trial/node" ]; then
    rm -f "$releases/trial"; echo current; return
  fi
  if [ "$(starts_of "$trial")" -ge 3 ]; then
    give_up "$trial" "It ended three times before the portal heard it."; echo current; return
  fi
  echo start >>"$releases/starts-$trial"
  echo trial
}

# The agent gives itself up after its time; one that hangs is ended from here.
guard() {
  number=$(starts_of "$1")
  ( ( sleep "$((${SHELLWEGO_TRIAL_S:-120} + 10))"
      if [ "$(named trial)" = "$1" ] && [ ! -e "$releases/failed-$1" ] && [ "$(starts_of "$1")" = "$number" ]; then
        give_up "$1" "It hung: the portal did not hear it in time."
        kill -9 "$2"
      fi ) </dev/null >/dev/null 2>&1 & )
}

agent() {
  picked=$(choose)
  name=$(named "$picked")
  release=$releases/$name
  if [ "$picked" = trial ]; then guard "$name" $$; export SHELLWEGO_TRIAL=1; fi
  export SHELLWEGO_RELEASE="$name" SHELLWEGO_GUEST_DIR="$release/guest" MALLOC_ARENA_MAX=1 NODE_ENV=production
  exec "$release/node" --max-semi-space-size=1 --optimize-for-size "$release/agent.js" run
}

# Always of the release that was kept: one on trial proves nothing of it.
fence() {
  release=$releases/$(named current)
  export MALLOC_ARENA_MAX=1 NODE_ENV=production
  exec "$release/node" --max-semi-space-size=1 --optimize-for-size "$release/fence.js"
}

# No address that was written before a reboot may be believed; the folder is in memory, and its owner's alone.
edge() {
  storage=$data/edge/storage
  old=$(readlink "$storage/hosts" 2>/dev/null || true)
  case $old in /dev/shm/shellwego-hosts-*) rm -rf "$old" ;; esac
  rm -rf "$storage/hosts" "$data/edge/admin.sock"
  hosts=$(mktemp -d /dev/shm/shellwego-hosts-XXXXXX)
  chown shellwego-edge:shellwego-edge "$hosts"
  ln -s "$hosts" "$storage/hosts"
  export HOME="$data/edge" XDG_CONFIG_HOME="$data/edge/config" XDG_DATA_HOME="$data/edge/data"
  only=-all,+net_bind_service
  exec setpriv --reuid=shellwego-edge --regid=shellwego-edge --clear-groups --no-new-privs --inh-caps=$only --ambient-caps=$only \
    --bounding-set=$only caddy run --resume --config "$data/edge/first.json"
}

# One part, started again whenever it ends.
again() {
  child=
  trap 'trap - TERM; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null; wait 2>/dev/null; exit 0' TERM INT
  while :; do
    "$0" "$1" & child=$!
    wait "$child" || true
    say "$1 ended; it starts again"
    sleep 1 & child=$!
    wait "$child" || true
  done
}

keep() {
  echo $$ >"$data/keep.pid"
  again agent & a=$!
  if [ -e "$releases/$(named current)/fence.js" ]; then again fence & f=$!; else f=; fi
  if [ -n "${SHELLWEGO_EDGE_ADMIN:-}" ]; then again edge & e=$!; else e=; fi
  trap 'kill -TERM $a $f $e 2>/dev/null; wait; exit 0' TERM INT
  wait
}

case ${1:-} in
  agent | fence | edge | keep) "$1" ;;
  *) say 'usage: launch agent | fence | edge | keep'; exit 2 ;;
esac
