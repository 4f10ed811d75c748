// One event stream per browser. The tabs of an origin elect a leader by a Web Lock: whoever holds it has the EventSource
// and passes every message on through a BroadcastChannel; when its tab goes, the next one in line takes over. Browsers do
// not freeze a tab that holds a lock. (A SharedWorker would do the same, but is missing on many phones.)
import { pause, type Hint } from './hints.ts';

export type Message = { kind: 'hint'; hint: Hint } | { kind: 'open' | 'refresh' | 'lost' | 'ended' };
/** A tab that has just come asks whoever leads how the stream is, and is told what it brought while the tab was loading. */
type Asked = { kind: 'ask' };

const NAME = 'atrium-stream';
const RECENT_MS = 10_000;

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

/** Keeps the stream open for as long as this tab lives. */
async function hold(url: string, tell: (message: Message) => void): Promise<never> {
  for (let attempt = 0; ; attempt += 1) {
    const wasOpen = await once(url, tell);
    if (wasOpen) attempt = 0;
    tell({ kind: 'lost' });
    await new Promise((resolve) => setTimeout(resolve, pause(attempt)));
  }
}

/** One connection from its start to its end; says whether it was ever open. */
function once(url: string, tell: (message: Message) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const source = new EventSource(url);
    let wasOpen = false;
    source.addEventListener('open', () => {
      wasOpen = true;
      tell({ kind: 'open' });
    });
    source.addEventListener('hint', (event) => tell({ kind: 'hint', hint: JSON.parse((event as MessageEvent<string>).data) as Hint }));
    source.addEventListener('refresh', () => tell({ kind: 'refresh' }));
    source.addEventListener('ended', () => tell({ kind: 'ended' }));
    source.onerror = () => {
      source.close();
      resolve(wasOpen);
    };
  });
}
