/** Mail providers anybody can have an address at. Whoever could claim one would catch strangers. */
const PUBLIC_MAIL_DOMAINS = new Set(`
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com passport.com hotmail.co.uk hotmail.fr hotmail.de live.co.uk outlook.fr outlook.de
yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.co.in yahoo.co.jp yahoo.com.br ymail.com rocketmail.com aol.com aim.com
icloud.com me.com mac.com proton.me protonmail.com pm.me tutanota.com tuta.io tuta.com fastmail.com fastmail.fm hey.com zoho.com zohomail.com zohomail.eu
gmx.com gmx.net gmx.de gmx.at gmx.ch web.de t-online.de freenet.de mail.com email.com posteo.de mailbox.org
mail.ru inbox.ru bk.ru list.ru yandex.com yandex.ru ya.ru rambler.ru qq.com 163.com 126.com sina.com foxmail.com naver.com daum.net hanmail.net
orange.fr free.fr laposte.net sfr.fr wanadoo.fr libero.it virgilio.it tiscali.it alice.it wp.pl o2.pl interia.pl onet.pl seznam.cz
uol.com.br bol.com.br terra.com.br rediffmail.com comcast.net verizon.net att.net sbcglobal.net cox.net btinternet.com sky.com ntlworld.com bigpond.com
mailinator.com guerrillamail.com sharklasers.com 10minutemail.com temp-mail.org yopmail.com trashmail.com duck.com simplelogin.com relay.firefox.com
privaterelay.appleid.com users.noreply.github.com
`.trim().split(/\s+/))

/** The domain itself and everything below it. */
export const isPublicMailDomain = (domain: string): boolean => {
  const labels = domain.split('.')
  return labels.some((_, index) => PUBLIC_MAIL_DOMAINS.has(labels.slice(index).join('.')))
}
