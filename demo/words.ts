/** What the page itself says; the elements bring their own words. */
const en = {
  skip: 'Skip to the form',
  settings: 'Settings',
  theme: 'Theme',
  themeAuto: 'Automatic',
  themeLight: 'Light',
  themeDark: 'Dark',
  language: 'Page language',
  direction: 'Direction',
  heading: 'From script to video',
  intro:
    'Write what is to be said. The job service on this address turns it into a captioned video, and the elements on this page show every step of the way.',
  newVideo: 'New video',
  example: 'Fill in an example',
  yourVideos: 'Your videos',
  service: 'How the service does',
  embed: 'Put it on a page of your own',
  embedText: 'Two lines show any job of this service, live, wherever the page is served from.',
  reference: 'API reference',
  exampleTitle: 'Why bees dance',
  exampleScript:
    'A bee that has found flowers flies home and dances. The direction of the dance tells the way. Its length tells how far. The others follow her in the dark, and then they fly.',
};

export type Word = keyof typeof en;

const ne: Record<Word, string> = {
  skip: 'सिधै फारममा जानुहोस्',
  settings: 'सेटिङ',
  theme: 'रङ',
  themeAuto: 'स्वचालित',
  themeLight: 'उज्यालो',
  themeDark: 'अँध्यारो',
  language: 'पृष्ठको भाषा',
  direction: 'दिशा',
  heading: 'स्क्रिप्टबाट भिडियो',
  intro:
    'भन्नुपर्ने कुरा लेख्नुहोस्। यही ठेगानाको सेवाले त्यसलाई उपशीर्षकसहितको भिडियो बनाउँछ, र यस पृष्ठका तत्त्वहरूले हरेक चरण देखाउँछन्।',
  newVideo: 'नयाँ भिडियो',
  example: 'उदाहरण भर्नुहोस्',
  yourVideos: 'तपाईंका भिडियो',
  service: 'सेवाको हालखबर',
  embed: 'आफ्नै पृष्ठमा राख्नुहोस्',
  embedText: 'पृष्ठ जहाँ भए पनि दुई हरफले यस सेवाको कुनै पनि काम देखाउँछन्।',
  reference: 'API सन्दर्भ',
  exampleTitle: 'मौरी किन नाच्छन्',
  exampleScript:
    'फूल भेटेको मौरी घर फर्केर नाच्छ। नाचको दिशाले बाटो बताउँछ। नाचको लम्बाइले टाढा बताउँछ। अरू मौरी अँध्यारोमा उसको पछि लाग्छन्, अनि उड्छन्।',
};

export const words: Record<string, Record<Word, string>> = { en, ne };
