import '../src/elements/job-provider/define.ts';
import '../src/elements/job-create-form/define.ts';
import '../src/elements/job-error-boundary/define.ts';
import '../src/elements/job-history/define.ts';
import '../src/elements/job-notifications/define.ts';
import '../src/elements/job-stats/define.ts';
import { guestId, loadSettings, saveSettings, type Settings } from './settings.ts';
import { words, type Word } from './words.ts';

const page = document.documentElement;
const settingsForm = document.querySelector<HTMLFormElement>('#settings')!;
const createForm = document.querySelector('job-create-form')!;
const jobs = document.querySelector('job-history')!;
const settings = loadSettings();

function applySettings({ theme, lang, dir }: Settings): void {
  const said = words[lang] ?? words['en']!;
  page.lang = lang in words ? lang : 'en';
  page.dir = dir;
  page.dataset['theme'] = theme;
  for (const element of document.querySelectorAll<HTMLElement>('[data-word]')) {
    element.textContent = said[element.dataset['word'] as Word];
  }
  settingsForm.setAttribute('aria-label', said.settings);
  for (const [name, value] of Object.entries({ theme, lang, dir })) {
    const select = settingsForm.elements.namedItem(name) as HTMLSelectElement;
    select.value = value;
  }
}

settingsForm.addEventListener('change', ({ target }) => {
  const { name, value } = target as HTMLSelectElement;
  settings[name as keyof Settings] = value;
  saveSettings(settings);
  applySettings(settings);
});

document.querySelector('#example')!.addEventListener('click', () => {
  const said = words[page.lang] ?? words['en']!;
  createForm.mode = 'single';
  createForm.prefill({
    title: said.exampleTitle,
    script_content: said.exampleScript,
    language: page.lang === 'ne' ? 'ne-NP' : 'en-US',
    duration: '15',
  });
});

// The job is in the address, so that a reload comes back to it: in the list, since the form is new.
createForm.addEventListener('job-created', ({ detail }) => {
  history.replaceState(null, '', `#${encodeURIComponent(detail.job.id)}`);
});
if (location.hash.length > 1) jobs.openJob = decodeURIComponent(location.hash.slice(1));

document.querySelector('#snippet')!.textContent = [
  `<script type="module" src="${location.origin}/cdn/job-elements.js"></script>`,
  `<job-status job-id="…" api-url="${location.origin}"></job-status>`,
].join('\n');

applySettings(settings);
document.querySelector('job-provider')!.userId = guestId();
