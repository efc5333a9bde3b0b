import type { ReactElement } from 'react';

const PATHS = {
  check: 'M4.5 10.5l3.6 3.6 7.4-8.2',
  cross: 'M5.5 5.5l9 9m0-9l-9 9',
  alert: 'M10 3.2l7.4 13H2.6zM10 8.2v3.6m0 2.3v.2',
  bell: 'M10 3a4.6 4.6 0 0 0-4.6 4.6c0 4.2-1.7 5.4-1.7 5.4h12.6s-1.7-1.2-1.7-5.4A4.6 4.6 0 0 0 10 3zm-1.5 12.6a1.6 1.6 0 0 0 3 0',
  store:
    'M3.5 8.2l1-4h11l1 4M4.5 9.8v6h11v-6M3.5 8.2a2.2 2.2 0 0 0 4.3 0 2.2 2.2 0 0 0 4.4 0 2.2 2.2 0 0 0 4.3 0',
  search: 'M9 3.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 9 3.8zm3.9 9.1l3.6 3.6',
  sun: 'M10 6.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8zM10 2.2v1.6m0 12.4v1.6M2.2 10h1.6m12.4 0h1.6M4.5 4.5l1.1 1.1m8.8 8.8l1.1 1.1m0-11l-1.1 1.1m-8.8 8.8l-1.1 1.1',
  moon: 'M16.4 12.2A6.8 6.8 0 0 1 7.8 3.6a6.8 6.8 0 1 0 8.6 8.6z',
  auto: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm0 0v14m2.2-13.6v13.2m2.2-11.6v10',
  copy: 'M7.5 7.5h8.2v8.2H7.5zM12.5 7.5V4.3H4.3v8.2h3.2',
  globe:
    'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM3 10h14M10 3c2.6 2.4 2.6 11.6 0 14-2.6-2.4-2.6-11.6 0-14z',
  clock: 'M10 3.4a6.6 6.6 0 1 1 0 13.2 6.6 6.6 0 0 1 0-13.2zM10 6.4V10l2.4 1.8',
  dash: 'M5 10h10',
  question: 'M7.6 7.6a2.5 2.5 0 1 1 3.7 2.2c-.9.5-1.3 1-1.3 2m0 2.4v.2M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14z',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing that says nothing a text beside it does not say. */
export function Icon({ name }: { name: IconName }): ReactElement {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Logo(): ReactElement {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <circle cx="16" cy="16" r="4.2" />
      <path d="M16 4.8v5M16 22.2v5M6.3 10.4l4.3 2.5M21.4 19.1l4.3 2.5M6.3 21.6l4.3-2.5M21.4 12.9l4.3-2.5" />
    </svg>
  );
}
