/** All that core may use beyond the language: what every host of JavaScript has. */
declare function setTimeout(callback: () => void, delay?: number): unknown;
declare function clearTimeout(id: unknown): void;
declare function queueMicrotask(callback: () => void): void;
declare const console: { warn(...data: unknown[]): void; error(...data: unknown[]): void };
