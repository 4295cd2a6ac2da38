/* Shows push messages while no page is open, and leads to what they are about. It answers no requests and keeps no pages: those always come from the server. */

/** For a message that cannot be read: browsers insist that each one is shown. */
const unknown = {
  tr: { title: 'Ultrarslanoğlu', body: 'Yeni bir bildiriminiz var.' },
  en: { title: 'Ultrarslanoğlu', body: 'You have a new notification.' },
};

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('push', (event) => event.waitUntil(show(messageFrom(event.data))));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data ?? {}));
});
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));

/** What came may be anything: only what is text is believed. */
function messageFrom(data) {
  let sent = null;
  try {
    sent = data?.json();
  } catch {
    // Not JSON: shown as a message without contents.
  }
  const text = (name) => (typeof sent?.[name] === 'string' ? sent[name].trim() : '');
  const lang = text('lang') || (navigator.language ?? '');
  const words = lang.toLowerCase().startsWith('en') ? 'en' : 'tr';
  return {
    id: text('id'),
    kind: text('kind'),
    lang: words,
    title: text('title') || unknown[words].title,
    body: text('title') ? text('body') : unknown[words].body,
    href: addressFrom(text('href')),
    tag: text('tag'),
  };
}

/** A path of this site, or the whole address of another, to which a note may lead; anything else leads to the list of notifications. */
function addressFrom(href) {
  const isWhole = /^https?:\/\//.test(href);
  if ((!isWhole && !href.startsWith('/')) || !URL.canParse(href, self.location.origin))
    return '/notifications';
  const url = new URL(href, self.location.origin);
  if (url.origin === self.location.origin) return url.pathname + url.search + url.hash;
  // "//host" is a path to the eye only.
  return isWhole ? url.href : '/notifications';
}

async function show({ id, kind, lang, title, body, href, tag }) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // Whoever is looking at the site sees it there as well, so no sound; a test is meant to be noticed.
  const silent = kind !== 'test' && pages.some((page) => page.focused);
  await self.registration.showNotification(title, {
    body,
    lang,
    silent,
    icon: '/notification-icon.png',
    badge: '/notification-badge.png',
    data: { id, lang, href },
    // The same message sent twice stands there once.
    ...(tag || id ? { tag: tag || id } : {}),
  });
}

/** An open page goes there by itself, because loading it anew would interrupt an upload; without one a new page opens. */
async function lead({ id, lang, href = '/notifications' }) {
  if (!href.startsWith('/')) return self.clients.openWindow(href);
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const nearest = [...pages].sort((one, other) => rank(other) - rank(one)).slice(0, 2);
  for (const page of nearest) {
    if (await accepts(page, { type: 'ultra:open', id, href })) return page.focus();
  }
  const address = new URL((lang === 'en' ? '/en' : '') + href, self.location.origin);
  if (id) address.hash = `notification=${id}`;
  return self.clients.openWindow(address.href);
}

const rank = (page) => (page.focused ? 2 : page.visibilityState === 'visible' ? 1 : 0);

/** True when the page answered. A page of the site that is not the app, or is asleep, does not; browsers let a click open a window for about a second only. */
function accepts(page, message) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(false), 300);
    port1.onmessage = () => {
      clearTimeout(timer);
      resolve(true);
    };
    page.postMessage(message, [port2]);
  });
}

/** The push service has given the browser a new address. If the session has run out, the next visit of the site says it. */
async function renew({ oldSubscription, newSubscription }) {
  const subscription =
    newSubscription ??
    (oldSubscription && (await self.registration.pushManager.subscribe(oldSubscription.options)));
  if (!subscription) return;
  const { endpoint, keys } = subscription.toJSON();
  // A worker cannot read the cookie with the CSRF token, so it asks.
  const reply = await fetch('/api/auth/csrf');
  if (!reply.ok) return;
  const { token } = await reply.json();
  await fetch('/api/notifications/push/subscriptions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': token },
    body: JSON.stringify({ endpoint, keys }),
  });
}
