# Joins the two lines httpd writes per request; CGI programs write their own line. Successful health probes stay out.
{ sub(/^\[::ffff:/, ""); sub(/\]:/, ":") }
$2 ~ /^url:/ { path[$1] = substr($0, index($0, "url:") + 4); next }
$2 ~ /^response:/ {
  status = substr($2, 10); client = $1; sub(/:[0-9]*:$/, "", client)
  if (!(path[$1] == "/healthz" && status == "200")) print client, path[$1], status
  delete path[$1]; fflush(); next
}
{ print; fflush() }
