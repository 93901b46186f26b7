/** Words of sample jobs: many languages, two of them written from right to left, some long, some awkward on purpose. */
export interface SampleTopic {
  title: string;
  script: string;
  language: string;
}

const en = 'Water boils at one hundred degrees. Higher up the air presses less, and it boils earlier. That is why soup takes longer on a mountain.';

export const TOPICS: readonly SampleTopic[] = [
  { title: 'Why water boils earlier on a mountain', script: en, language: 'en-US' },
  { title: 'Bread in ten minutes of work', script: 'Mix flour, water, salt and yeast. Wait until tomorrow. Bake it hot. That is all.', language: 'en-US' },
  { title: 'Wie ein Leuchtturm sein Licht bündelt', script: 'Eine Linse aus vielen Ringen. Jeder Ring bricht das Licht ein wenig. So reicht es bis zum Horizont.', language: 'de-DE' },
  { title: 'Le marché du dimanche, en trente secondes', script: 'Tout commence à l’aube. Les étals se remplissent. À midi il ne reste que des miettes.', language: 'fr-FR' },
  { title: 'Tres errores al regar las plantas', script: 'Regar demasiado. Regar a mediodía. Olvidar el plato de abajo.', language: 'es-ES' },
  { title: 'O som do mar, explicado', script: 'Cada onda empurra a próxima. O que ouvimos é o ar entre elas.', language: 'pt-BR' },
  { title: '電車はなぜ時間通りに来るのか', script: '時刻表は秒で決まる。運転士は声に出して確かめる。遅れは五分で知らされる。', language: 'ja-JP' },
  { title: '一杯茶的故事', script: '清晨采茶。午后晒干。夜里炒香。第二天泡一杯。', language: 'zh-CN' },
  { title: 'पहाड़ों में सूर्योदय', script: 'सुबह की पहली किरण चोटी पर आती है। फिर घाटी जागती है।', language: 'hi-IN' },
  { title: 'काठमाडौंको पुरानो बजार', script: 'बिहान पसल खुल्छन्। दिउँसो भीड हुन्छ। साँझ शान्त हुन्छ।', language: 'ne-NP' },
  { title: 'كيف تُصنع القهوة العربية', script: 'تُحمَّص الحبوب على نار هادئة. ثم تُطحن مع الهيل. وتُقدَّم في فنجان صغير.', language: 'ar-EG' },
  { title: 'مدينة القاهرة في دقيقة واحدة: من النهر إلى الأهرامات، ومن السوق القديم إلى المتحف الكبير', script: 'تبدأ الرحلة عند النهر. ثم السوق القديم. وفي المساء الأهرامات.', language: 'ar-EG' },
  { title: 'למה השמיים כחולים', script: 'האור של השמש לבן. האוויר מפזר את הכחול יותר מכל צבע אחר.', language: 'he-IL' },
  { title: 'Quarterly review for the whole team: what we planned, what we shipped, what we learned on the way, what we would do another time, and the one chart that everybody asked for (final version, revised)', script: en, language: 'en-GB' },
  { title: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkunde', script: 'Ein langes Wort. Noch ein längeres. Das längste steht auf der Urkunde.', language: 'de-DE' },
  { title: '<b>Bold</b> claims & "quoted" ones: 100% of them_checked', script: 'Some titles look like markup. They are text. They stay text.', language: 'en-US' },
  { title: 'Launch day 🚀 the first sixty seconds 🎬', script: 'The doors open. The crowd counts. And then it flies.', language: 'en-US' },
  { title: 'A', script: 'One letter. One idea. One minute.', language: 'en-US' },
  { title: 'How glass is recycled', script: 'Old bottles are sorted by colour. They are crushed and melted. New bottles leave the same evening.', language: 'en-US' },
  { title: 'Five knots every sailor ties', script: 'The bowline. The cleat hitch. The clove hitch. The sheet bend. The figure eight.', language: 'en-GB' },
  { title: 'Training: fire exits of building 7', script: 'Walk, do not run. Follow the green signs. Meet at the oak tree.', language: 'en-US' },
  { title: 'The tide table, read aloud', script: 'High water at six. Low water at noon. Mind the rocks between.', language: 'en-GB' },
];

/** What failed jobs say: of each length, one over several lines. */
export const ERRORS: readonly string[] = [
  'The script is too long for 5 s: its 14 captions need at least 9.8 s. Ask for a longer video or shorten the script.',
  'There is no template "neon". Known templates: plain, waves, paper.',
  'Making the video took longer than 25 min.',
  'Making this video ended its worker too often.',
  'The renderer stopped unexpectedly.',
  'The video encoder that the server is set up to use (FFMPEG_PATH) does not run or cannot make H.264 and AAC.',
  'The voice service answered 429: too many requests. It asked to wait for 60 s, and that was tried three times.\nThe text was not read: 1,240 characters.\nNothing was kept of this attempt.',
  'No space left on the device.',
];

export const STEPS = ['Script', 'Narration', 'Scenes', 'Encoding', 'Thumbnail', 'Finishing'] as const;

export const PLATFORMS = ['youtube', 'tiktok', 'instagram', 'youtube_shorts'] as const;
