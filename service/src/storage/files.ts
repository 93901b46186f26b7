import { extname } from 'node:path';
import type { StoredResult } from '../jobs/record.ts';
import { outputToWire } from '../jobs/wire.ts';
import type { Ticket } from '../queue/job-queue.ts';
import type { RenderOutput } from '../render/types.ts';
import type { Storage } from './storage.ts';

/** Moves what the renderer made into the storage, and gives what the job keeps of it. */
export async function storeOutput(storage: Storage, { jobId, attempt }: Ticket, output: RenderOutput): Promise<StoredResult> {
  const put = async (name: string, file: string): Promise<string> => {
    const key = `${jobId}/${attempt}/${name}${extname(file).toLowerCase()}`;
    await storage.put(key, file);
    return key;
  };
  return {
    files: {
      video: await put('video', output.videoPath),
      thumbnail: await put('thumbnail', output.thumbnailPath),
      captions: output.captionsPath === null ? null : await put('captions', output.captionsPath),
    },
    output: outputToWire(output),
  };
}
