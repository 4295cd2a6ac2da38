/** `next build` leaves the browser's files out of the standalone server; with them beside it, `node server.js` serves everything. */
import { cp } from 'node:fs/promises';
import { resolve } from 'node:path';

const build = resolve(import.meta.dirname, '../.next');
await cp(resolve(build, 'static'), resolve(build, 'standalone/website/.next/static'), { recursive: true });
