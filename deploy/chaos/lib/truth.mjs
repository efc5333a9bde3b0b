// Compares what was said of a document with what its readers had seen, when all is known.

/** The rules' bounds in ms, and what is allowed for a busy machine before "fresh" is called wrong. */
export const BOUNDS = {
  sessionAging: 2_000, sessionBehind: 10_000, sourceAging: 5_000, sourceStale: 15_000,
  shownAging: 5_000, shownStale: 10_000, slack: 1_500,
};

/** Within these nothing is wrong, so that "aging" or "stale" is; also after a fault has ended. */
const CALM_LAG_MS = 1_000;
const CALM_AFTER_MS = 12_000;

/** The last of a list that is in the order of time, at or before a moment. */
export function lastAt(list, moment) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].at <= moment) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

/**
 * For how long a reader surely lacked something within a span: published (its writer had the answer)
 * and not seen, counted from when the reader was connected.
 *
 * @param published of { n, sentAt, answeredAt }, in order; answeredAt only where it is durable
 */
export function lagAtLeast(tab, published, { from, to }, connectedAt = -Infinity) {
  const seen = lastAt(tab.saw, to)?.n ?? 0;
  const first = published.find(({ n, answeredAt }) => n > seen && answeredAt !== undefined);
  return first ? Math.max(0, from - Math.max(first.answeredAt, connectedAt)) : 0;
}

/** For how long a reader may have lacked something within a span. */
export function lagAtMost(tab, published, { from, to }) {
  const seen = lastAt(tab.saw, from)?.n ?? 0;
  const first = published.find(({ n }) => n > seen);
  return first ? Math.max(0, to - first.sentAt) : 0;
}

/** Since when its socket is open at a moment; undefined when it is not. */
export function connectedSince(tab, moment) {
  const last = lastAt(tab.sockets, moment);
  return last?.open ? last.at : undefined;
}

/**
 * What is wrong about one answer of `GET …/status`.
 *
 * @param sample { webspace, from, to, status }
 * @param world { tabs, publishedOf(webspace), stops: [{ what, from, to }] }
 * @return { wrongFresh: [texts], wrongStale: boolean, lag }; lag is the longest that a session surely
 *   lacked something for while the answer was fresh
 */
export function judgeStatus(sample, world) {
  const { status, from } = sample;
  const published = world.publishedOf(sample.webspace);
  const { freshness_state: freshness, semantic_state: semantic } = status.state_sync;
  const wrongFresh = [];
  const newest = published.findLast(({ answeredAt }) => answeredAt <= from);
  if (newest && (status.evidence.generation ?? 0) < newest.generation) {
    wrongFresh.push(`names generation ${status.evidence.generation}, ${newest.generation} was answered`);
  }
  const tabs = world.tabs.filter(({ webspace }) => webspace === sample.webspace);
  let longest = 0;
  for (const tab of freshness === 'fresh' ? tabs : []) {
    const lag = lagOfSession(tab, published, sample);
    longest = Math.max(longest, lag);
    if (lag > BOUNDS.sessionAging + BOUNDS.slack) {
      wrongFresh.push(`fresh, and session ${tab.id} lacks what is ${Math.round(lag)} ms old`);
    }
  }
  const silent = silenceOf(world.stops, 'operations', from);
  if (freshness === 'fresh' && silent > BOUNDS.sourceAging + BOUNDS.slack) {
    wrongFresh.push(`fresh, and operations are silent for ${Math.round(silent)} ms`);
  }
  if (silent > BOUNDS.sourceStale + BOUNDS.slack && (freshness !== 'stale' || semantic === 'ready')) {
    wrongFresh.push(`${freshness} and ${semantic}, and operations are silent for ${Math.round(silent)} ms`);
  }
  const wrongStale = freshness !== 'fresh' && isCalm(tabs, published, sample, world.stops);
  return { wrongFresh, wrongStale, lag: longest };
}

/** Of a session that the hub still waits for: one that is behind counts no more. */
function lagOfSession(tab, published, span) {
  const since = connectedSince(tab, span.from);
  const later = connectedSince(tab, span.to);
  if (since === undefined || since !== later) return 0;
  const mayBeBehind = lagAtMost(tab, published, span) > BOUNDS.sessionBehind - BOUNDS.slack;
  return mayBeBehind ? 0 : lagAtLeast(tab, published, span, since);
}

/** How long somebody has surely said nothing at a moment; 0 when it is not stopped. */
function silenceOf(stops, what, moment) {
  const stop = stops.find((each) => each.what === what && each.from <= moment && !(each.to <= moment));
  return stop ? moment - stop.from : 0;
}

/** Nothing of the hub is stopped within a span, nor was it just before. */
const isUnbroken = (stops, { from, to }) =>
  stops.every((stop) => stop.to + CALM_AFTER_MS < from || stop.from > to);

function isCalm(tabs, published, { from, to }, stops) {
  return isUnbroken(stops, { from, to })
    && tabs.every((tab) => connectedSince(tab, from - BOUNDS.sessionAging) !== undefined
      && lagAtMost(tab, published, { from, to }) < CALM_LAG_MS);
}

/**
 * What is wrong about what one tab showed at a moment.
 *
 * @param shown { at, state }
 * @param stops of what the tab's word rests on besides its connection
 */
export function judgeShown(tab, shown, published, stops = []) {
  const span = { from: shown.at, to: shown.at };
  const lag = lagAtLeast(tab, published, span);
  const wrongFresh = [];
  if (shown.state === 'live' && lag > BOUNDS.shownAging + BOUNDS.slack
      || shown.state === 'aging' && lag > BOUNDS.shownStale + BOUNDS.slack) {
    wrongFresh.push(`tab ${tab.id} shows ${shown.state}, and lacks what is ${Math.round(lag)} ms old`);
  }
  const since = connectedSince(tab, shown.at);
  const wrongStale = ['aging', 'stale'].includes(shown.state) && isUnbroken(stops, span)
    && since !== undefined && since < shown.at - CALM_LAG_MS
    && lagAtMost(tab, published, span) < CALM_LAG_MS;
  return { wrongFresh, wrongStale, lag: shown.state === 'live' ? lag : 0 };
}
