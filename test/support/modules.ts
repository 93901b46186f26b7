import fs from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from 'vite';

const root = resolve(import.meta.dirname, '../..');

export interface Import {
  /** As written. */
  specifier: string;
  /** Path from the repository's root for a relative import, else `null`. */
  target: string | null;
  /** `type` imports vanish when the code runs; `dynamic` ones are loaded later, if at all. */
  kind: 'static' | 'type' | 'dynamic';
}

/** Every TypeScript source under these folders, as paths from the repository's root. */
export function sources(...folders: string[]): string[] {
  return folders.flatMap((folder) => fs.globSync(`${folder}/**/*.ts`, { cwd: root })).sort();
}

export function readSource(file: string): string {
  return fs.readFileSync(join(root, file), 'utf8');
}

/** What a module imports and re-exports, read from its syntax tree. */
export function importsOf(file: string): Import[] {
  const text = readSource(file);
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const make = (specifier: string, kind: Import['kind']): Import => ({
    specifier,
    target: specifier.startsWith('.') ? relative(root, join(root, dirname(file), specifier)) : null,
    kind,
  });
  // `import { type A }` keeps the import of the module itself, `import type { A }` does not.
  const kindOf = (start: number): Import['kind'] => (/^(import|export)\s+type\b/.test(text.slice(start, start + 20)) ? 'type' : 'static');
  return [
    ...module.staticImports.map((entry) => make(entry.moduleRequest.value, kindOf(entry.start))),
    ...module.staticExports.flatMap((statement) => {
      const from = statement.entries.find((entry) => entry.moduleRequest)?.moduleRequest;
      return from ? [make(from.value, kindOf(statement.start))] : [];
    }),
    ...module.dynamicImports.map((entry) => make(text.slice(entry.moduleRequest.start + 1, entry.moduleRequest.end - 1), 'dynamic')),
  ];
}

/** The modules and packages that are loaded together with `entry`, before any of its code asks for more. */
export function loadedWith(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { specifier, target, kind } of importsOf(file)) {
      if (kind !== 'static') continue;
      if (target === null) packages.add(specifier);
      else visit(target);
    }
  };
  visit(entry);
  return { files, packages };
}
