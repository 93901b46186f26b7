import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Storage } from './storage.ts';

/** Media on this machine's disk. Processes that share a database must then share this directory too. */
export function localStorage(directory: string): Storage {
  const root = resolve(directory);

  function pathOf(...parts: string[]): string {
    const path = resolve(root, ...parts);
    if (!path.startsWith(root + sep)) throw new Error('a key must stay inside the storage');
    return path;
  }

  return {
    async put(key, file) {
      const target = pathOf(key);
      await mkdir(dirname(target), { recursive: true });
      await move(file, target);
    },

    async open(key) {
      const path = pathOf(key);
      const found = await stat(path).catch(() => null);
      if (!found?.isFile()) return null;
      return { size: found.size, read: (range) => createReadStream(path, range) };
    },

    async remove(jobId, run) {
      await rm(pathOf(jobId, ...(run === undefined ? [] : [run])), { recursive: true, force: true });
    },

    async jobs(age) {
      const names = await readdir(root).catch(() => []);
      const before = Date.now() - age;
      const found = await Promise.all(
        names.map(async (name) => {
          const info = await stat(join(root, name)).catch(() => null);
          return info?.isDirectory() && info.mtimeMs <= before ? name : null;
        }),
      );
      return found.filter((name) => name !== null);
    },
  };
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    // Another file system: copy beside the target first, so that a reader never sees half a file.
    const partial = `${to}.partial`;
    await copyFile(from, partial);
    await rename(partial, to);
    await rm(from, { force: true });
  }
}
