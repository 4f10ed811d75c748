// One event stream per browser. The tabs of an origin elect a leader by a Web Lock: whoever holds it has the EventSource
// and passes every message on through a BroadcastChannel; when its tab goes, the next one in line takes over. Browsers do
// not freeze a tab that holds a lock. (A SharedWorker would do the same, but is missing on many phones.)
import { pause, type Hint } from './hints.ts';

export type Message = { kind: 'hint'; hint: Hint } | { kind: 'open' | 'refresh' | 'lost' | 'ended' };
/** A tab that has just come asks whoever leads how the stream is, and is told what it brought while the tab was loading. */
type Asked = { kind: 'ask' };

const NAME = 'atrium-stream';
const RECENT_MS = 10_000;
const SILENT_MS = 60_000; // the server is never silent for longer than 25 s

/** Calls `receive` for what the stream says, whichever tab holds it. */
export function listen(url: string, receive: (message: Message) => void): void {
  const channel = new BroadcastChannel(NAME);
  let leadsOpen = false;
  let recent: { at: number; message: Message }[] = [];
  channel.onmessage = (event: MessageEvent<Message | Asked>) => {
    if (event.data.kind !== 'ask') receive(event.data);
    else if (leadsOpen) [{ kind: 'open' }, ...recent.filter(({ at }) => at > Date.now() - RECENT_MS).map(({ message }) => message)].forEach((message) => channel.postMessage(message));
  };
  const tell = (message: Message): void => {
    leadsOpen = message.kind !== 'lost' && message.kind !== 'ended';
    if (message.kind === 'hint') recent = [...recent.slice(-99), { at: Date.now(), message }];
    receive(message);
    channel.postMessage(message);
  };
  channel.postMessage({ kind: 'ask' });
  if ('locks' in navigator) void navigator.locks.request(NAME, () => hold(url, tell));
  else void hold(url, tell);
}

/** Keeps the stream open for as long as this tab lives and its person may have it. */
async function hold(url: string, tell: (message: Message) => void): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const end = await once(url, tell);
    if (end === 'ended') {
      tell({ kind: 'refresh' });
      attempt = -1;
      continue;
    }
    if (end === 'failed' && (await isSignedOut())) return tell({ kind: 'ended' });
    if (end === 'cut') attempt = 0;
    tell({ kind: 'lost' });
    await patience(pause(attempt));
  }
}

/** `failed`: it never opened; `cut`: the connection went; `ended`: what this person may see has changed, ask anew. */
type End = 'failed' | 'cut' | 'ended';

/** One connection from its start to its end. */
function once(url: string, tell: (message: Message) => void): Promise<End> {
  return new Promise((resolve) => {
    const source = new EventSource(url);
    let state: End = 'failed';
    let silence = 0;
    const end = (how: End): void => {
      source.close();
      removeEventListener('offline', cut);
      window.clearTimeout(silence);
      resolve(how);
    };
    const cut = (): void => end(state);
    const alive = (): void => {
      window.clearTimeout(silence);
      silence = window.setTimeout(cut, SILENT_MS);
    };
    const on = (name: string, act: (data: string) => void): void =>
      source.addEventListener(name, (event) => {
        alive();
        act((event as MessageEvent<string>).data);
      });
    source.onopen = () => {
      state = 'cut';
      alive();
      tell({ kind: 'open' });
    };
    on('hint', (data) => tell({ kind: 'hint', hint: JSON.parse(data) as Hint }));
    on('refresh', () => tell({ kind: 'refresh' }));
    on('beat', () => undefined);
    on('ended', () => end('ended'));
    source.onerror = cut;
    addEventListener('offline', cut);
  });
}

/** A refused stream does not say why; the portal does. */
const isSignedOut = (): Promise<boolean> =>
  fetch('/api/v1/me', { cache: 'no-store' }).then(
    ({ status }) => status === 401,
    () => false,
  );

/** Waits, but not past the moment at which the network is back. */
function patience(time: number): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      window.clearTimeout(timer);
      removeEventListener('online', go);
      resolve();
    };
    const timer = window.setTimeout(go, time);
    addEventListener('online', go);
  });
}
