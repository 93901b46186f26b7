/** What a visitor chose, kept across visits. A browser that keeps nothing for pages starts anew each time. */
export interface Settings {
  theme: string;
  lang: string;
  dir: string;
}

const KEY = 'job-elements-demo';
const GUEST_KEY = 'job-elements-demo-guest';

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Then it lasts until the page is left.
  }
}

export function loadSettings(): Settings {
  const usual = { theme: 'auto', lang: navigator.language.startsWith('ne') ? 'ne' : 'en', dir: 'ltr' };
  try {
    return { ...usual, ...(JSON.parse(read(KEY) ?? '{}') as Partial<Settings>) };
  } catch {
    return usual;
  }
}

export function saveSettings(settings: Settings): void {
  write(KEY, JSON.stringify(settings));
}

/** The visitor's id at the service: the one in the address (`?user=demo`), else made up at the first visit and the same ever after. */
export function guestId(): string {
  const named = new URLSearchParams(location.search).get('user');
  if (named) return named;
  const known = read(GUEST_KEY);
  if (known) return known;
  const id = `guest-${Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  write(GUEST_KEY, id);
  return id;
}
