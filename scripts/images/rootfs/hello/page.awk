function row(name, value, id) { return "<dt>" escape(name) "</dt><dd" (id ? " id=\"" id "\"" : "") ">" escape(value) "</dd>" }
BEGIN {
  version = ENVIRON["IMAGE_VERSION"]
  count = 0
  for (name in ENVIRON) if (name ~ /^HELLO_/) names[++count] = name
  for (i = 2; i <= count; i++) for (j = i; j > 1 && names[j] < names[j - 1]; j--) { t = names[j]; names[j] = names[j - 1]; names[j - 1] = t }
  print head("Hello " version, version == "v1" ? "#0f766e" : "#6d28d9")
  print "<div class=\"card\"><h1>Hello <span class=\"mark\" id=\"version\">" escape(version) "</span></h1>"
  print "<p class=\"soft\">This page is served from inside its own virtual machine.</p><dl>"
  print row("Host name", ENVIRON["HOST"], "host") row("Release", ENVIRON["SHELLWEGO_RELEASE"] != "" ? ENVIRON["SHELLWEGO_RELEASE"] : "not set", "release")
  for (i = 1; i <= count; i++) print row(names[i], ENVIRON[names[i]], "")
  print "</dl></div></main></body></html>"
}
