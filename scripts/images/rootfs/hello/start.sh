#!/bin/sh
# Everything the page shows is known at start, so it is rendered once and served as a file.
HOST=$(uname -n) awk -f /app/html.awk -f /app/page.awk >/srv/www/index.html
echo ok >/srv/www/healthz
exec /app/serve.sh
