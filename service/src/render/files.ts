/** What a rendering makes inside its directory. */
export const FILES = { video: 'video.mp4', thumbnail: 'thumbnail.jpg', captions: 'captions.vtt', scratch: 'scratch' } as const;
