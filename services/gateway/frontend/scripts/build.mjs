// Builds everything a page loads into the gateway's package: one stylesheet, one script, the sprite and the fonts, each
// under a name that carries its content's hash, with compressed copies and a manifest that the templates read; and in
// `print` the fonts of documents, which no page loads.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { cut, fonts, printed, still } from './fonts.mjs';
import { spriteSource } from '../sprite/icons.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const place = join(root, '../src/atrium_gateway/static');
const out = `${place}.new`;
const manifest = {};

async function emit(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const extension = extname(name);
  const hashed = `${name.slice(0, -extension.length)}-${hash}${extension}`;
  await writeFile(join(out, hashed), content);
  if (extension !== '.woff2') {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    await writeFile(join(out, `${hashed}.br`), brotliCompressSync(content, quality));
    await writeFile(join(out, `${hashed}.gz`), gzipSync(content, { level: 9 }));
  }
  manifest[name] = hashed;
  return hashed;
}

async function bundle(entry, options) {
  const result = await build({ absWorkingDir: root, entryPoints: [entry], bundle: true, minify: true, write: false, legalComments: 'none', ...options });
  return Buffer.from(result.outputFiles[0].contents);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const addresses = {};
for (const font of fonts) addresses[`font:${font.name}`] = await emit(`${font.name}.woff2`, await cut(root, font));

// What the pointer and the keyboard bring about also shows inside `data-state="hover"` and the like: by the same rules,
// so that the style page has none of its own.
const touched = ':is(a,button,input,select,textarea,summary,label,tr)';
const focused = ':is(a,button,input,select,textarea,summary)';
const within = { hover: touched, active: touched, focus: focused, 'focus-visible': focused, 'focus-within': '*' };
const forced = (text) => text.replace(/(?<!forced-colors):(hover|focus-visible|focus-within|focus|active)(?![\w-])/g, (_, state) => `:is(:${state},:where([data-state~=${state}] ${within[state]}))`);

const css = await bundle('css/index.css', { external: ['font:*'], target: ['chrome120', 'safari17', 'firefox121'] });
await emit('portal.css', Buffer.from(forced(css.toString()).replace(/url\("?(font:[a-z-]+)"?\)/g, (_, name) => `url(${addresses[name]})`)));
await emit('portal.js', await bundle('islands/portal.ts', { format: 'iife', target: 'es2022' }));
for (const font of printed) {
  await mkdir(join(out, 'print', font.script), { recursive: true });
  await writeFile(join(out, 'print', font.script, `${font.name}-${font.weight}.ttf`), await still(root, font));
}
await emit('sprite.svg', Buffer.from(spriteSource()));
await writeFile(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
// The old assets stay in their place until the new ones are whole.
await rm(place, { recursive: true, force: true });
await rename(out, place);
