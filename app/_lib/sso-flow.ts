/** What this browser shows again when it comes back from the identity provider; it never leaves the tab. */
const KEY = 'shellwego.sso'

/** To the identity provider. */
export const leaveForProvider = (started: { authorization_url: string; browser_key: string }): void => {
  sessionStorage.setItem(KEY, started.browser_key)
  window.location.assign(started.authorization_url)
}

export const takeBrowserKey = (): string => {
  const key = sessionStorage.getItem(KEY) ?? ''
  sessionStorage.removeItem(KEY)
  return key
}
