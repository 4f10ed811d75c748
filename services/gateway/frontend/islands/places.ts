// Where on a page somebody pressed, and where a pane stands. Pure, so that it can be tested without a browser.

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A spot as fractions of the page, as its address says it. */
export function spotOf(box: Box, x: number, y: number): string {
  const share = (from: number, length: number, at: number): string => Math.min(1, Math.max(0, (at - from) / length)).toFixed(3);
  return `${share(box.left, box.width, x)},${share(box.top, box.height, y)}`;
}

/** An address with one of its values changed, without its part of the page. */
export function withValue(address: string, name: string, value: string): string {
  const [path = '', query = ''] = (address.split('#')[0] ?? '').split('?');
  const values = new URLSearchParams(query);
  values.set(name, value);
  return `${path}?${values.toString()}`;
}

const TITLE = 80;

/** What a point is called in lists: the beginning of its first message, ending with a whole word. */
export function titleOf(text: string): string {
  const line = text.trim().split(/\s+/).join(' ');
  return line.length <= TITLE ? line : `${line.slice(0, TITLE).replace(/ \S*$/, '')}…`;
}

/** Where a part of the page at this address is fetched. */
export const partOf = (address: string, part: string): string => withValue(address, 'part', part);
