/** Gives the reader a file that was made here. */
export function download(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** What a list may look like: a row for each video, the usual columns. */
export const EXAMPLE =
  '\ufefftitle,script,platform,language,duration\r\n' +
  'Why bees dance,"A bee that has found flowers flies home and dances. The dance tells the way.",youtube,en-US,30\r\n' +
  'How ants find home,"Ants leave a scent on their way. Others follow it.",tiktok,en-US,20\r\n';
