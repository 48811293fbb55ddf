/** What a visitor sees when nothing can answer: plain, small, without any outside part. */
const page = (title: string, text: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif}
main{max-width:34rem;padding:2rem}h1{font-size:1.25rem;margin:0 0 .5rem}p{margin:.5rem 0;opacity:.8}</style></head>
<body><main><h1>${title}</h1>${text}</main></body></html>
`

export const appDownPage = page('This app is not answering',
  '<p>No instance of it is ready to take requests right now. It may be starting, or have stopped.</p><p>Try again in a few seconds. If this is your app, its page in the console shows what happened.</p>')

/** Nobody else's business why: its owner may have stopped it, or may not have paid. */
export const appPausedPage = page('This app is paused',
  '<p>It does not run at the moment.</p><p>If this is your app, its page in the console shows why, and how to start it again.</p>')

export const consoleDownPage = page('The console is not answering',
  '<p>It may be restarting. Apps keep running meanwhile.</p><p>Try again in a few seconds.</p>')

export const noAppPage = page('No app here',
  '<p>No app is published under this address.</p><p>Check the address, or look in the console whether the app was renamed or deleted.</p>')
