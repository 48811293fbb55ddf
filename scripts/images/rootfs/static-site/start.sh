#!/bin/sh
awk -f /app/html.awk -f /app/page.awk >/srv/www/index.html
echo ok >/srv/www/healthz
exec /app/serve.sh
