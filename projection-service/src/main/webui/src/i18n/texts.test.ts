import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import en from './en.json';
import { startTranslation } from './index';
import ru from './ru.json';
import { ago } from './time';

type Tree = { [key: string]: string | Tree };

const PLURAL = /_(zero|one|two|few|many|other)$/;

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[prefix + key, value] as const]
        : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

const texts = { en: flatten(en), ru: flatten(ru) };
const bare = (language: 'en' | 'ru') =>
  [...new Set([...texts[language].keys()].map((key) => key.replace(PLURAL, '')))].sort();

describe('the two languages', () => {
  test('have the same keys', () => {
    expect(bare('ru')).toEqual(bare('en'));
  });

  test.each(['en', 'ru'] as const)('%s has every plural form of its grammar', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = [...texts[language].keys()]
      .filter((key) => PLURAL.test(key))
      .map((key) => key.replace(PLURAL, ''));
    for (const key of new Set(counted)) {
      expect(
        forms.filter((form) => !texts[language].has(`${key}_${form}`)),
        key,
      ).toEqual([]);
    }
  });

  test('name the same variables', () => {
    const variables = (text = '') => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();
    for (const [key, text] of texts.ru) {
      const other = texts.en.get(key) ?? texts.en.get(key.replace(PLURAL, '_other'));
      // A form for exactly one thing may leave its number out.
      const without = (names: string[]) => names.filter((name) => name !== '{{count}}');
      expect(without(variables(text)), key).toEqual(without(variables(other)));
    }
  });

  test('have no empty text', () => {
    expect([...texts.en, ...texts.ru].filter(([, text]) => !text.trim())).toEqual([]);
  });
});

test.each([
  [1, '1 позиция'],
  [3, '3 позиции'],
  [5, '5 позиций'],
  [21, '21 позиция'],
  [112, '112 позиций'],
])('%i is counted in Russian as %s', async (count, counted) => {
  await startTranslation('ru');
  expect(i18next.t('marketplace.count', { count })).toBe(counted);
  expect(document.documentElement.lang).toBe('ru');
});

test('foreign text is not interpreted', async () => {
  await startTranslation('en');
  expect(i18next.t('row.installOf', { title: '{{count}} $t(app.name) <b>' })).toBe(
    'Install {{count}} $t(app.name) <b>',
  );
});

test('every text is used', () => {
  const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map((name) => readFileSync(join('src', name), 'utf8'))
    .join('\n');
  const unused = bare('en').filter(
    (key) => !source.includes(`'${key}'`) && !new RegExp(spelled(key)).test(source),
  );
  expect(unused).toEqual([]);
});

/** The key in a template literal, where all of it after its first part may be variable. */
function spelled(key: string): string {
  const [first, ...rest] = key.split('.');
  return `\`${first}${rest.map((part) => `\\.(?:${part}|\\$\\{\\w[^}]*\\})`).join('')}\``;
}

test.each([
  [0, 'now'],
  [30, '30 sec. ago'],
  [90, '1 min. ago'],
  [7_200, '2 hr. ago'],
  [200_000, '2 days ago'],
  [-40, 'now'],
])('%i seconds ago reads %s', (seconds, words) => {
  const now = new Date('2026-04-07T12:00:00Z');
  expect(ago(new Date(now.getTime() - seconds * 1000), now, 'en')).toBe(words);
});
