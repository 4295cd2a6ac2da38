/** Tells the other tabs of this browser that somebody signed in or out. */

export type SessionNews = 'signed-in' | 'signed-out';

const name = 'ultra.session';

export function tellOtherTabs(news: SessionNews) {
  const channel = new BroadcastChannel(name);
  channel.postMessage(news);
  channel.close();
}

export function onNewsFromOtherTabs(listener: (news: SessionNews) => void): () => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event: MessageEvent<SessionNews>) => listener(event.data);
  return () => channel.close();
}
