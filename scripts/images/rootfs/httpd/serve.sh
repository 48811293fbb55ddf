#!/bin/sh
# Serves /srv/www on $PORT; httpd replaces this shell so that it receives the stop signal itself.
mkfifo /run/requests 2>/dev/null
awk -f /app/log.awk </run/requests &
echo "listening on port ${PORT:-8080}"
exec httpd -f -vv -p "${PORT:-8080}" -h /srv/www >/run/requests 2>&1
