import type { Route, Trust } from './verdict';
import type { Policy } from './contracts';

/** How a word looks. */
export type Tone = 'good' | 'warn' | 'bad' | 'none';

const TONES = {
  fresh: 'good',
  ready: 'good',
  complete: 'good',
  attached: 'good',
  following: 'good',
  ok: 'good',
  off: 'good',
  aging: 'warn',
  degraded: 'warn',
  planned: 'warn',
  pending: 'warn',
  listing: 'warn',
  warn: 'warn',
  throttle: 'warn',
  one_shot_recovery: 'warn',
  stale: 'bad',
  lost: 'bad',
  timeout: 'bad',
  disconnected: 'bad',
  refused: 'bad',
  block: 'bad',
  hard_degraded_recovery: 'bad',
} as const satisfies Record<string, Tone>;

/** The tone of a word of the contracts; none for a word that says neither good nor bad. */
export function toneOf(word: Route | Trust | Policy | (string & {}) | null): Tone {
  return word !== null && Object.hasOwn(TONES, word) ? TONES[word as keyof typeof TONES] : 'none';
}
