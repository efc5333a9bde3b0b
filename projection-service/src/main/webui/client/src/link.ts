/** Nothing proven for this long: the data may lag. */
export const AGING_AFTER_MS = 5_000;
/** Nothing proven for this long: the data is not to be trusted any more. */
export const STALE_AFTER_MS = 10_000;
/** Nothing proven for this long: the socket is given up and opened anew. */
export const GIVE_UP_AFTER_MS = 20_000;
/** A connection that lived this long was a good one: the back-off starts over. */
export const GOOD_AFTER_MS = 5_000;

const BACK_OFF_FIRST_MS = 250;
const BACK_OFF_MOST_MS = 5_000;
const BLOCKED_WAIT_MS = 30_000;

/** What is said about a connection, in one word. */
export type LinkState = 'connecting' | 'live' | 'aging' | 'stale' | 'offline' | 'refused';

/** Why the server will not have us; final until something changes. */
export interface Refusal {
  code: number;
  reason: string;
}

/** What is known about the way to the room. Everything shown follows from it and the clock. */
export interface Link {
  phase: 'connecting' | 'synced' | 'waiting' | 'refused';
  /** Connections lost or not come about since the last good one. */
  attempt: number;
  /** When the room last proved how far this page is; null before the first sync. */
  heardAt: number | null;
  /** When the socket became synced, null while it is not. */
  syncedAt: number | null;
  /** When the next try begins, in phase waiting. */
  retryAt: number | null;
  refusal: Refusal | null;
}

export const FRESH_LINK: Link = {
  phase: 'connecting',
  attempt: 0,
  heardAt: null,
  syncedAt: null,
  retryAt: null,
  refusal: null,
};

export function linkState(link: Link, now: number): LinkState {
  switch (link.phase) {
    case 'refused':
      return 'refused';
    case 'synced': {
      const silent = silentFor(link, now);
      if (silent < AGING_AFTER_MS) return 'live';
      return silent < STALE_AFTER_MS ? 'aging' : 'stale';
    }
    case 'connecting':
      return link.attempt === 0 && link.heardAt === null ? 'connecting' : 'offline';
    case 'waiting':
      return 'offline';
  }
}

export function silentFor(link: Link, now: number): number {
  return link.heardAt === null ? 0 : Math.max(0, now - link.heardAt);
}

export function connecting(link: Link): Link {
  return { ...link, phase: 'connecting', syncedAt: null, retryAt: null, refusal: null };
}

export function synced(link: Link, now: number): Link {
  return { ...link, phase: 'synced', heardAt: now, syncedAt: now, retryAt: null, refusal: null };
}

export function heard(link: Link, now: number): Link {
  return link.phase === 'synced' ? { ...link, heardAt: now } : link;
}

/**
 * The socket is gone. 4400, 4401, 4403 and 4404 are final: trying again with the same token would
 * only be refused again. Everything else may heal.
 *
 * @param random from 0 to 1, spreads a crowd of browsers that lost the same server
 */
export function closed(link: Link, close: Refusal, now: number, random: number): Link {
  if ([4400, 4401, 4403, 4404].includes(close.code)) {
    return { ...link, phase: 'refused', syncedAt: null, retryAt: null, refusal: close };
  }
  const wasGood = link.syncedAt !== null && now - link.syncedAt >= GOOD_AFTER_MS;
  const attempt = wasGood ? 1 : link.attempt + 1;
  const wait = close.code === 4429 ? BLOCKED_WAIT_MS : backOff(attempt, random);
  return { ...link, phase: 'waiting', attempt, syncedAt: null, retryAt: now + wait };
}

/** Doubling from 250 ms to 5 s, of which half is random. */
export function backOff(attempt: number, random: number): number {
  const whole = Math.min(BACK_OFF_MOST_MS, BACK_OFF_FIRST_MS * 2 ** Math.min(attempt - 1, 16));
  return whole * (0.5 + 0.5 * random);
}
