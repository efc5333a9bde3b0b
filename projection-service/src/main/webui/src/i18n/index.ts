import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { recall, remember } from '../ui/remembered';
import en from './en.json';
import ru from './ru.json';

export const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

const REMEMBERED_AS = 'hub.language';

function firstLanguage(): Language {
  const wished = [recall(REMEMBERED_AS), ...navigator.languages.map((tag) => tag.split('-')[0])];
  const known = wished.find((tag) => LANGUAGES.some((language) => language === tag));
  return known === 'ru' ? 'ru' : 'en';
}

/** Sets up the texts before anything is drawn. */
export async function startTranslation(language: Language = firstLanguage()): Promise<void> {
  i18next.on('languageChanged', (tag) => {
    document.documentElement.lang = tag;
  });
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, ru: { translation: ru } },
    // React shows text as text; escaping it once more would show the escapes.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

function currentLanguage(): Language {
  return i18next.language === 'ru' ? 'ru' : 'en';
}

/** The one that is not shown now. */
export function otherLanguage(): Language {
  return currentLanguage() === 'ru' ? 'en' : 'ru';
}

export function switchLanguage(): void {
  const next = otherLanguage();
  remember(REMEMBERED_AS, next);
  void i18next.changeLanguage(next);
}
