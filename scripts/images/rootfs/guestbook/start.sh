#!/bin/sh
# Healthy means "can answer": without Redis the page itself explains what is wrong.
echo ok >/srv/www/healthz
exec /app/serve.sh
