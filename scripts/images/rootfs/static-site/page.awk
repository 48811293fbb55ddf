BEGIN {
  title = ENVIRON["SITE_TITLE"] != "" ? ENVIRON["SITE_TITLE"] : "A new site"
  text = ENVIRON["SITE_TEXT"] != "" ? ENVIRON["SITE_TEXT"] : "Set SITE_TITLE and SITE_TEXT to make this page yours."
  accent = ENVIRON["SITE_COLOR"] ~ /^#[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]$/ ? ENVIRON["SITE_COLOR"] : "#1d4ed8"
  print head(title, accent)
  print "<div class=\"card\"><h1>" escape(title) "</h1><p style=\"white-space:pre-wrap;margin:0\">" escape(text) "</p></div></main></body></html>"
}
