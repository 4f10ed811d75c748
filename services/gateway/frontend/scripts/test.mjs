// Bundles the tests (they are TypeScript, like what they test) and runs them with Node's own test runner.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = mkdtempSync(join(tmpdir(), 'atrium-islands-'));
const entryPoints = readdirSync(join(root, 'test')).filter((name) => name.endsWith('.test.ts')).map((name) => join(root, 'test', name));
await build({ entryPoints, outdir: out, outExtension: { '.js': '.mjs' }, bundle: true, platform: 'node', format: 'esm', sourcemap: 'inline' });
const run = spawnSync(process.execPath, ['--test', ...entryPoints.map((name) => join(out, name.split('/').at(-1).replace('.ts', '.mjs')))], { stdio: 'inherit' });
rmSync(out, { recursive: true });
process.exit(run.status ?? 1);
