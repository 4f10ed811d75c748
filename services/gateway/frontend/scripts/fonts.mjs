// The self-hosted fonts, cut to the letters and weights that pages use: all four together weigh less than two uncut.
import { readFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const span = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, index) => from + index));
const LATIN = `${span(0x20, 0x7e)}${span(0xa0, 0xff)}–—‘’‚“”„†•…‹›€→←↵⌘⇧½¼¾′″−×≤≥ŒœŠšŽžŸ\u2009\u202f\u2011`;
/** The mono font writes numbers of versions, hashes, keys. */
const CODE = `${span(0x20, 0x7e)}·–…`;

export const fonts = [
  { name: 'inter', text: LATIN, weights: { min: 400, max: 700 } },
  { name: 'manrope', text: LATIN, weights: 700 },
  { name: 'vollkorn', text: LATIN, weights: 600 },
  { name: 'jetbrains-mono', text: CODE, weights: { min: 500, max: 600 } },
];

/** The font as WOFF2. */
export async function cut(root, { name, text, weights }) {
  const whole = await readFile(`${root}/node_modules/@fontsource-variable/${name}/files/${name}-latin-wght-normal.woff2`);
  return subsetFont(whole, text, { targetFormat: 'woff2', variationAxes: { wght: weights } });
}

/**
 * Documents are set with fixed weights, and with all letters of the European scripts: nobody downloads these. Each
 * script is a file of its own, in a folder that says the order in which they are tried.
 */
const SCRIPTS = ['1-latin', '2-latin-ext', '3-greek', '4-cyrillic'];
const HEADINGS = { inter: 650, manrope: 700, vollkorn: 600 };
export const printed = Object.entries(HEADINGS).flatMap(([name, heading]) =>
  [400, heading].flatMap((weight) => SCRIPTS.map((script) => ({ name, weight, script }))),
);

/** The font of one weight as TrueType. */
export async function still(root, { name, weight, script }) {
  const file = `${root}/node_modules/@fontsource-variable/${name}/files/${name}-${script.slice(2)}-wght-normal.woff2`;
  return subsetFont(await readFile(file), span(0x20, 0x2c7f), { targetFormat: 'truetype', variationAxes: { wght: weight } });
}
