function escape(text) {
  gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text); gsub(/"/, "\\&quot;", text); gsub(/'/, "\\&#39;", text)
  return text
}
function style(accent) {
  return "<style>:root{color-scheme:light dark;--accent:" accent ";--line:#d9dde3;--soft:#5b6472;--page:#f6f7f9;--card:#fff;--ink:#171a1f}" \
    "@media(prefers-color-scheme:dark){:root{--line:#333942;--soft:#a0a9b6;--page:#14171b;--card:#1b1f25;--ink:#eceff3}}" \
    "*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:14px/20px system-ui,sans-serif}" \
    "main{max-width:560px;margin:12vh auto 40px;padding:0 16px}.card{background:var(--card);border:1px solid var(--line);border-radius:8px;" \
    "border-top:4px solid var(--accent);padding:24px}h1{font-size:28px;line-height:36px;font-weight:550;margin:0 0 8px;overflow-wrap:anywhere}" \
    "p{margin:0 0 16px;overflow-wrap:anywhere}.soft{color:var(--soft)}dl{display:grid;grid-template-columns:minmax(96px,auto) 1fr;gap:8px 24px;margin:16px 0 0;" \
    "border-top:1px solid var(--line);padding-top:16px}dt{color:var(--soft)}dd{margin:0;font-family:ui-monospace,monospace;overflow-wrap:anywhere}" \
    ".mark{display:inline-block;background:var(--accent);color:#fff;border-radius:6px;padding:0 8px;font-weight:550}" \
    "label{display:block;margin:0 0 12px;color:var(--soft)}input,textarea{display:block;width:100%;margin-top:4px;padding:8px;font:inherit;color:var(--ink);" \
    "background:var(--page);border:1px solid var(--line);border-radius:6px}button{font:inherit;font-weight:550;color:#fff;background:var(--accent);border:0;" \
    "border-radius:6px;padding:8px 16px;cursor:pointer}ol{list-style:none;margin:24px 0 0;padding:0}li{border-top:1px solid var(--line);padding:12px 0;" \
    "overflow-wrap:anywhere}li p{margin:0;white-space:pre-wrap}</style>"
}
function head(title, accent) {
  return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">" \
    "<link rel=\"icon\" href=\"data:,\"><title>" escape(title) "</title>" style(accent) "</head><body><main>"
}
