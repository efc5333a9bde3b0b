import { useEffect, useState } from 'react';
import { recall, remember } from '../ui/remembered';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const REMEMBERED_AS = 'hub.theme';

function firstTheme(): Theme {
  const kept = recall(REMEMBERED_AS);
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

/** The one after: first what differs visibly from the system's, then the other, then back. */
export function nextTheme(theme: Theme, systemIsDark: boolean): Theme {
  const cycle: readonly Theme[] = systemIsDark
    ? ['system', 'light', 'dark']
    : ['system', 'dark', 'light'];
  return cycle[(cycle.indexOf(theme) + 1) % cycle.length] ?? 'system';
}

export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState(firstTheme);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  const advance = () => {
    const next = nextTheme(theme, window.matchMedia('(prefers-color-scheme: dark)').matches);
    remember(REMEMBERED_AS, next);
    setTheme(next);
  };
  return [theme, advance];
}
