/** What finished jobs of the stories show. */
export const storyMedia = {
  video: new URL('../../test/fixtures/clip.mp4', import.meta.url).href,
  thumbnail: new URL('../../test/fixtures/clip.jpg', import.meta.url).href,
  captions: new URL('../../test/fixtures/clip.vtt', import.meta.url).href,
};
