#!/bin/sh
export LC_ALL=C
LIMIT=8192

resp() { printf '*%d\r\n' $#; for word; do printf '$%d\r\n%s\r\n' ${#word} "$word"; done; }

# Entries are kept form-encoded, so every reply of Redis is plain ASCII lines.
redis() {
  { [ -z "$REDIS_PASSWORD" ] || resp AUTH "$REDIS_PASSWORD"; resp "$@"; resp QUIT; } |
    timeout 5 nc -w 2 "${REDIS_HOST:-127.0.0.1}" "${REDIS_PORT:-6379}" 2>&1
}

log() {
  client=${REMOTE_ADDR#"["}; client=${client%"]"}
  echo "${client#::ffff:} $REQUEST_METHOD / $1" >&2
}

page() {
  log "$1"
  printf 'Status: %s\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n\r\n' "$1"
  MESSAGE=$2 awk -f /app/html.awk -f /app/page.awk
}

refuse() { page "$1" "$2" </dev/null; exit 0; }

if [ "$REQUEST_METHOD" = POST ]; then
  [ "${CONTENT_LENGTH:-0}" -le $LIMIT ] 2>/dev/null || refuse '413 Content Too Large' "An entry holds at most $LIMIT bytes. Shorten it and send it again."
  body=$(head -c "${CONTENT_LENGTH:-0}")
  case $body in
    *[!A-Za-z0-9%+.*_=\&~-]*) refuse '400 Bad Request' 'The form was not understood. Send it from this page.' ;;
    *message=) refuse '422 Unprocessable Content' 'The message is empty. Write something first.' ;;
    *message=*) ;;
    *) refuse '400 Bad Request' 'The form has no message. Send it from this page.' ;;
  esac
  reply=$(redis LPUSH guestbook:entries "at=$(date +%s)&$body")
  case $reply in
    *:[1-9]*) log '303 See Other'; printf 'Status: 303 See Other\r\nLocation: /\r\n\r\n' ;;
    *) printf '%s\n' "$reply" | page '503 Service Unavailable' '' ;;
  esac
else
  reply=$(redis LRANGE guestbook:entries 0 49)
  case $reply in
    *'*'[0-9]*) printf '%s\n' "$reply" | page '200 OK' '' ;;
    *) printf '%s\n' "$reply" | page '503 Service Unavailable' '' ;;
  esac
fi
