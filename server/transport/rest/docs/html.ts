/** Text that may stand in an element or an attribute. */
export const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

/** Text with `code` in backticks. */
export const prose = (text: string): string => escape(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

export const code = (text: string, label: string): string =>
  `<div class="code"><button type="button" class="copy" aria-label="Copy ${escape(label)}">Copy</button><pre tabindex="0" aria-label="${escape(label)}"><code>${escape(text)}</code></pre></div>`

const STYLE = `
:root{color-scheme:light dark;--canvas:light-dark(#f6f6f4,#131412);--surface:light-dark(#fff,#1b1c1a);--sunken:light-dark(#eeeeea,#0e0f0d);--line:light-dark(#e1e1db,#30312e);
--ink:light-dark(#1b1b19,#edede8);--muted:light-dark(#55554f,#b0b0a9);--link:light-dark(#0b6478,#6cc3d8);font:14px/20px system-ui,sans-serif;scroll-padding-top:16px}
*{box-sizing:border-box}body{margin:0;background:var(--canvas);color:var(--ink)}a{color:var(--link)}:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--surface);padding:8px;z-index:2}
.page{display:grid;grid-template-columns:280px minmax(0,1fr);max-width:1280px;margin:0 auto}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:20px 12px 40px 16px;border-right:1px solid var(--line)}
nav ul{list-style:none;margin:4px 0 16px;padding:0}nav li a{display:flex;gap:8px;padding:4px 8px;border-radius:6px;text-decoration:none;color:var(--muted);overflow-wrap:anywhere}
nav li a:hover{background:var(--sunken);color:var(--ink)}nav h2{margin:0 8px;font-size:12px;line-height:16px;color:var(--muted);font-weight:550}
input[type=search]{width:100%;padding:8px 10px;margin:0 0 16px;border:1px solid light-dark(#87877f,#7d7e77);border-radius:6px;background:var(--surface);color:inherit;font:inherit}
main{padding:32px 32px 120px;min-width:0}h1{font-size:28px;line-height:36px;margin:0 0 8px}h2{font-size:20px;line-height:28px;margin:48px 0 4px}h3{font-size:16px;line-height:24px;margin:0}h4{font-size:13px;margin:16px 0 4px}
.route{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:16px 20px;margin:16px 0}.route h3 a{color:inherit;text-decoration:none}.route h3 a:hover::after{content:" #";color:var(--muted)}
.line{display:flex;gap:10px;align-items:baseline;flex-wrap:wrap;margin:4px 0}.line code{overflow-wrap:anywhere}.m{font:550 12px/16px ui-monospace,monospace;min-width:48px}
.GET{color:light-dark(#1c589d,#8fc0f5)}.POST{color:light-dark(#17663a,#7fd49a)}.PATCH,.PUT{color:light-dark(#7d4b00,#f0be5e)}.DELETE{color:light-dark(#a8231b,#ff9c92)}
code,pre{font-family:ui-monospace,monospace;font-size:13px}p code,td code,li code{background:var(--sunken);padding:1px 4px;border-radius:4px}.muted{color:var(--muted)}
table{width:100%;border-collapse:collapse;margin:4px 0}td,th{text-align:left;padding:6px 12px 6px 0;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}th{font-size:12px;color:var(--muted);font-weight:550;border:0}td:first-child{width:34%}
.code{position:relative;margin:8px 0}.code pre{margin:0;padding:12px 72px 12px 14px;background:var(--sunken);border-radius:6px;overflow:auto;max-height:420px}
.copy{position:absolute;top:6px;right:6px;min-height:28px;padding:2px 10px;font:inherit;font-size:12px;border:1px solid var(--line);border-radius:6px;background:var(--surface);color:var(--ink);cursor:pointer}
summary{cursor:pointer;padding:6px 0;color:var(--link)}.old{color:light-dark(#7d4b00,#f0be5e)}[hidden]{display:none!important}
@media(max-width:820px){.page{display:block}nav{position:static;height:auto;max-height:50vh;border-right:0;border-bottom:1px solid var(--line)}main{padding:20px 16px 80px}.route{padding:14px}td:first-child{width:42%}}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}`

const SCRIPT = `
for(const b of document.querySelectorAll('.copy'))b.addEventListener('click',async()=>{try{await navigator.clipboard.writeText(b.parentElement.querySelector('pre').textContent);b.textContent='Copied'}catch{b.textContent='Press Ctrl+C';getSelection().selectAllChildren(b.parentElement.querySelector('pre'))}setTimeout(()=>b.textContent='Copy',2000)})
const q=document.querySelector('input[type=search]');if(q){const routes=[...document.querySelectorAll('.route')],links=[...document.querySelectorAll('nav li')],none=document.querySelector('.none')
q.addEventListener('input',()=>{const words=q.value.toLowerCase().split(/\\s+/).filter(Boolean);let n=0
const hit=t=>words.every(w=>t.includes(w));for(const r of routes){const h=hit(r.dataset.find);r.hidden=!h;n+=h}
for(const l of links)l.hidden=!hit(l.dataset.find);for(const s of document.querySelectorAll('section.group'))s.hidden=![...s.querySelectorAll('.route')].some(r=>!r.hidden)
for(const u of document.querySelectorAll('nav ul'))u.previousElementSibling.hidden=u.hidden=![...u.children].some(l=>!l.hidden);none.hidden=n>0})
addEventListener('keydown',e=>{if(e.key==='/'&&document.activeElement!==q){e.preventDefault();q.focus()}})}`

/** A whole page of ours: nothing is loaded from anywhere. */
export const htmlPage = (title: string, body: string, nonce: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><a class="skip" href="#content">Skip to the content</a>${body}<script nonce="${nonce}">${SCRIPT}</script></body></html>`

export const pagePolicy = (nonce: string): string =>
  `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
