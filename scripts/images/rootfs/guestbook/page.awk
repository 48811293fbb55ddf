function decode(text,   out, i, c, code) {
  out = ""
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    if (c == "+") c = " "
    else if (c == "%") {
      code = index(hex, toupper(substr(text, i + 1, 1))) * 16 + index(hex, toupper(substr(text, i + 2, 1))) - 17
      i += 2
      c = (code == 10 || code >= 32) && code != 127 ? sprintf("%c", code) : ""
    }
    out = out c
  }
  return escape(out)
}
function field(entry, name,   parts, i, count) {
  count = split(entry, parts, "&")
  for (i = 1; i <= count; i++) if (index(parts[i], name "=") == 1) return substr(parts[i], length(name) + 2)
  return ""
}
function problem(text) {
  if (text ~ /WRONGPASS|NOAUTH|invalid password/) return "Redis refused the password. Check REDIS_PASSWORD of this app and of its Redis."
  if (text ~ /^-/) return "Redis answered with an error: " text
  return "Redis at " host " cannot be reached. Check that it is running and that REDIS_HOST is right, then reload this page."
}
BEGIN { hex = "0123456789ABCDEF"; host = ENVIRON["REDIS_HOST"] != "" ? ENVIRON["REDIS_HOST"] : "127.0.0.1"; count = 0; listed = 0; fault = "" }
{ sub(/\r$/, "") }
/^\*[0-9]+$/ { listed = 1 }
/^at=[0-9]+&/ { entries[++count] = $0 }
/^-/ { if (fault == "") fault = $0 }
END {
  title = ENVIRON["GUESTBOOK_TITLE"] != "" ? ENVIRON["GUESTBOOK_TITLE"] : "Guestbook"
  print head(title, "#b45309")
  print "<div class=\"card\"><h1>" escape(title) "</h1>"
  if (ENVIRON["MESSAGE"] != "") print "<p id=\"problem\">" escape(ENVIRON["MESSAGE"]) "</p><p><a href=\"/\">Back to the guestbook</a></p>"
  else if (!listed) print "<p id=\"problem\">" escape(problem(fault)) "</p>"
  else {
    print "<form method=\"post\" action=\"/\"><label>Name<input name=\"name\" maxlength=\"60\" autocomplete=\"name\"></label>"
    print "<label>Message<textarea name=\"message\" rows=\"3\" maxlength=\"500\" required></textarea></label><button>Sign the guestbook</button></form>"
    print "<ol id=\"entries\">"
    for (i = 1; i <= count; i++) {
      name = decode(field(entries[i], "name"))
      print "<li><p>" decode(field(entries[i], "message")) "</p><span class=\"soft\">" (name != "" ? name : "Anonymous") ", " \
        strftime("%Y-%m-%d %H:%M UTC", field(entries[i], "at"), 1) "</span></li>"
    }
    if (count == 0) print "<li class=\"soft\">No entries yet. Yours can be the first.</li>"
    print "</ol>"
  }
  print "</div></main></body></html>"
}
