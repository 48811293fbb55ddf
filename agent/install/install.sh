#!/bin/sh
# Makes this machine a node of a ShellWeGo console. There is no secret in here: the join token is asked for, or read from a file.
#   sh install.sh --portal https://console.example.com [--ca-sha256 HEX] [--token-file FILE] [--data DIR] [--set NAME=VALUE]… [--no-edge]
# Run it again to repair a node, or to bring the release that the console has now.
set -eu
umask 022

fail() { printf '\nshellwego: %s\n' "$*" >&2; exit 1; }
say() { printf '  %s\n' "$*"; }

read_arguments() {
  portal= ca_sha256= token_file= data=/var/lib/shellwego more=
  while [ $# -gt 0 ]; do
    case $1 in
      --portal | --ca-sha256 | --token-file | --data | --set) [ $# -ge 2 ] || fail "$1 needs a value." ;;
    esac
    case $1 in
      --portal) portal=${2%/}; shift 2 ;;
      --ca-sha256) ca_sha256=$2; shift 2 ;;
      --token-file) token_file=$2; shift 2 ;;
      --data) data=$2; shift 2 ;;
      --set) more="$more --set $2"; shift 2 ;;
      --no-edge) more="$more --no-edge"; shift ;;
      --token | --token=*) fail "A token on the command line can be read by everybody on this machine. Leave it out and type it when asked, or use --token-file." ;;
      *) fail "$1 is not understood. Copy the line again from the console: Nodes, Add a node." ;;
    esac
  done
  case $portal in https://?*) ;; *) fail "--portal must be the address of the console, as https://console.example.com." ;; esac
  case $ca_sha256 in '') ;; *[!0-9a-f]*) fail "--ca-sha256 must be 64 digits from 0-9 and a-f." ;; *) [ ${#ca_sha256} -eq 64 ] || fail "--ca-sha256 must be 64 digits from 0-9 and a-f." ;; esac
  case "$data$more" in *[!A-Za-z0-9:/._,@%+=~\ -]*) fail "--data and --set take letters, digits and . _ - / : , @ % + = ~ only." ;; esac
}

check_machine() {
  [ "$(uname -s)" = Linux ] || fail "A node runs Linux; this is $(uname -s)."
  [ "$(id -u)" = 0 ] || fail "Installing needs root. Put sudo before sh and run the line again."
  case $(uname -m) in
    x86_64) arch=x64 ;;
    *) fail "A node needs an x86-64 processor; this machine is $(uname -m)." ;;
  esac
  ID= VERSION_ID= PRETTY_NAME=
  [ ! -r /etc/os-release ] || . /etc/os-release
  case $ID in
    debian) [ "${VERSION_ID%%.*}" -ge 12 ] 2>/dev/null || fail "Debian 12 or newer is needed; this is ${PRETTY_NAME:-unknown}." ;;
    ubuntu) [ "${VERSION_ID%%.*}" -ge 22 ] 2>/dev/null || fail "Ubuntu 22.04 or newer is needed; this is ${PRETTY_NAME:-unknown}." ;;
    *) fail "Debian 12 or Ubuntu is needed; this is ${PRETTY_NAME:-unknown}." ;;
  esac
  for tool in curl sha256sum apt-get; do
    command -v "$tool" >/dev/null || fail "$tool is missing. Run: apt-get update && apt-get install -y curl coreutils"
  done
  say "$PRETTY_NAME, $(uname -m), Linux $(uname -r)"
  if [ -r /dev/kvm ] && [ -w /dev/kvm ]; then
    say 'isolation: hardware (KVM), if the agent finds that it works; the console says'
  else
    say 'isolation: EMULATED. There is no /dev/kvm: switch virtualization on in the firmware, or take a bare machine.'
    say '           An emulated node runs only organizations that the operator trusts.'
  fi
}

is_hash_of() { [ "$(sha256sum "$2" | cut -c 1-64)" = "$1" ]; }

get() { curl -fsS --proto '=https' --retry 5 --retry-delay 2 --connect-timeout 15 $trust "$portal$1" -o "$2" </dev/null; }

pin_authority() {
  trust=
  [ -n "$ca_sha256" ] || return 0
  trust=-k
  get /node/v1/dist/ca "$work/ca.pem" || fail "The console at $portal does not answer."
  is_hash_of "$ca_sha256" "$work/ca.pem" || fail "The console at $portal is not the one this line was made for: its root certificate is another. Copy the line again."
  trust="--cacert $work/ca.pem"
}

# Files of the release are asked for by the hash that the manifest names.
fetch() {
  sha=$(sed -n "s/^{\"name\":\"$1\",\"arch\":\"\(any\|$arch\)\",\"sha256\":\"\([0-9a-f]\{64\}\)\".*/\2/p" "$work/manifest.json")
  [ -n "$sha" ] || fail "The console has no $1 for $arch machines."
  get "/node/v1/dist/$sha" "$work/files/$1" || fail "$1 could not be fetched."
  is_hash_of "$sha" "$work/files/$1" || fail "$1 is not what the console named. Run the line again."
}

# Never on a command line, and not in the history of a shell.
ask_token() {
  if [ -n "$token_file" ]; then
    [ -r "$token_file" ] || fail "The token file $token_file cannot be read."
    case $(stat -c %a "$token_file") in *00) ;; *) fail "Others can read $token_file. Run: chmod 600 $token_file" ;; esac
    cp "$token_file" "$work/token"
  elif [ -e "$data/agent/ledger.db" ]; then
    return 0
  elif [ -t 0 ] || { [ -r /dev/tty ] && (: </dev/tty) 2>/dev/null; }; then
    printf '  join token (it is not shown): ' >/dev/tty
    stty -echo </dev/tty
    IFS= read -r token </dev/tty || token=
    stty echo </dev/tty
    printf '\n' >/dev/tty
    printf '%s\n' "$token" >"$work/token"
  elif [ -f "$0" ]; then
    IFS= read -r token || token=
    printf '%s\n' "$token" >"$work/token"
  else
    fail "There is no terminal to ask for the join token. Put it into a file that only root reads, and add --token-file FILE."
  fi
  grep -Eq '^join_[A-Za-z0-9_-]+$' "$work/token" || fail "This is no join token. Make one in the console: Nodes, Add a node."
}

main() {
  printf 'ShellWeGo: this machine becomes a node\n'
  read_arguments "$@"
  check_machine
  mkdir -p "$data"
  work=$(mktemp -d "$data/install-XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM
  mkdir "$work/files"
  chmod 700 "$work"
  pin_authority
  get /node/v1/dist "$work/manifest.json" || fail "The console at $portal does not answer, or its certificate is not trusted here."
  get /node/v1/dist/console "$work/console.json"
  ask_token
  say 'agent'
  fetch node
  fetch agent.js
  chmod 755 "$work/files/node"
  set -- --portal "$portal" --manifest "$work/manifest.json" --console "$work/console.json" --files "$work/files" --data "$data"
  [ ! -e "$work/ca.pem" ] || set -- "$@" --ca "$work/ca.pem"
  [ ! -e "$work/token" ] || set -- "$@" --token-file "$work/token"
  "$work/files/node" "$work/files/agent.js" install "$@" $more </dev/null
}

main "$@"
