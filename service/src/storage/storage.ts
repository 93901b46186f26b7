import type { Readable } from 'node:stream';

export interface StoredFile {
  /** Bytes. */
  size: number;
  /** Opens the bytes `start` to `end`, both included; all without. */
  read(range?: { start: number; end: number }): Readable;
}

/** Where finished media lie. Keys are `<job id>/<run>/<name>`; whoever has the key of a file may read it. */
export interface Storage {
  /** Takes a file over from local disk. */
  put(key: string, file: string): Promise<void>;
  /** `null` when there is no such file. */
  open(key: string): Promise<StoredFile | null>;
  /** Removes everything of a job, or of one run of it. No error when there is nothing. */
  remove(jobId: string, run?: string): Promise<void>;
  /** Ids of all jobs that have something here since before `age` milliseconds. */
  jobs(age: number): Promise<string[]>;
}
