import type { BulkField } from './fields.ts';

/**
 * What people call the fields, in lower case with nothing but letters and digits. English, German, French, Spanish,
 * Portuguese, Japanese, Chinese, Hindi, Nepali, Arabic.
 */
export const SYNONYMS: Readonly<Record<BulkField, string>> = {
  title:
    'title|videotitle|name|headline|subject|topic|titel|überschrift|titre|nom|titulo|título|nombre|nome|タイトル|題名|件名|标题|標題|名称|शीर्षक|नाम|العنوان|عنوان',
  script_content:
    'scriptcontent|script|scripttext|text|content|body|narration|voiceover|transcript|copy|skript|drehbuch|inhalt|sprechertext|texte|contenu|guion|guión|contenido|texto|roteiro|conteúdo|conteudo|台本|スクリプト|原稿|本文|脚本|文案|内容|स्क्रिप्ट|पटकथा|पाठ|सामग्री|النص|نص|المحتوى',
  platform:
    'platform|channel|network|target|destination|site|plattform|kanal|plateforme|canal|réseau|plataforma|rede|プラットフォーム|配信先|平台|渠道|प्लेटफर्म|प्लेटफ़ॉर्म|प्लेटफॉर्म|المنصة|منصة',
  language: 'language|lang|locale|languagecode|sprache|langue|idioma|lengua|língua|lingua|言語|语言|語言|भाषा|اللغة|لغة',
  duration:
    'duration|durations|durationsec|durationsecs|durationseconds|durationinseconds|length|lengthseconds|lengthinseconds|seconds|secs|targetduration|targetlength|runtime|dauer|länge|laenge|sekunden|dauerinsekunden|längeinsekunden|durée|duree|secondes|longueur|duración|duracion|segundos|duração|duracao|長さ|秒数|再生時間|时长|時長|长度|秒|अवधि|लम्बाइ|सेकेन्ड|المدة|مدة',
  script_id: 'scriptid|id|externalid|ref|reference|skriptid|scriptnumber|referenz|référence|referencia|referência|スクリプトid|脚本id',
  voice_provider: 'voiceprovider|ttsprovider|provider|tts|voiceengine|engine|sprachanbieter|anbieter|fournisseur|proveedor|provedor|音声プロバイダー|语音提供商|स्वरप्रदायक',
  voice_name: 'voicename|voice|speaker|narrator|stimme|sprecher|voix|voz|音声|声|语音|聲音|स्वर|आवाज|आवाज़|الصوت|صوت',
  background_music: 'backgroundmusic|music|soundtrack|bgm|musik|hintergrundmusik|musique|música|musica|音楽|bgm音楽|背景音乐|音乐|संगीत|موسيقى|الموسيقى',
  template_id: 'templateid|template|vorlage|modèle|modele|plantilla|modelo|テンプレート|模板|टेम्पलेट|ढाँचा|القالب|قالب',
  aspect_ratio:
    'aspectratio|aspect|ratio|format|seitenverhältnis|seitenverhaeltnis|rapport|formatdimage|relacióndeaspecto|relacion|proporção|proporcao|アスペクト比|画面比例|宽高比|长宽比|अनुपात|نسبة',
  resolution: 'resolution|quality|auflösung|aufloesung|qualität|résolution|qualité|resolución|resolucion|calidad|resolução|resolucao|qualidade|解像度|分辨率|画质|रिजोल्युसन|गुणस्तर|الدقة|دقة',
  enable_subtitles:
    'enablesubtitles|subtitles|subtitle|captions|caption|cc|untertitel|soustitres|subtítulos|subtitulos|legendas|字幕|字幕あり|उपशीर्षक|सबटाइटल|الترجمة|ترجمة',
  subtitle_style: 'subtitlestyle|captionstyle|untertitelstil|styledesoustitres|estilodesubtítulos|estilodesubtitulos|estilodelegenda|字幕スタイル|字幕样式|उपशीर्षकशैली',
  priority: 'priority|prio|importance|urgency|priorität|prioritaet|wichtigkeit|priorité|priorite|importance|prioridad|prioridade|優先度|优先级|優先級|प्राथमिकता|الأولوية|أولوية',
};
