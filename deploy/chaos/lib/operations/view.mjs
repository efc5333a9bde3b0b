// What real Yjs clients see of operations, beside what a rebuild from the lists shows.
import { isDeepStrictEqual } from 'node:util';
import { until } from '../../../e2e/lib/hub.mjs';
import { connect } from '../../../e2e/lib/yjs-client.mjs';
import { Replica } from '../replica.mjs';
import { emptyDatabase } from './books.mjs';

const ENDED_SHOWN = 20;
const NOTIFICATIONS_SHOWN = 40;
/** Two that end in the same moment may be told in either order; here the last of them are cut off. */
const BOUNDARY = 5;
const RESULT_CHARS_MAX = 2_048;
const SETTLED_MS = 30_000;

/** What the document shows of operations; `status` is of the hub itself and goes on changing. */
export function shown(doc) {
  const { operations, notifications } = doc.getMap('runtime').toJSON();
  return { operations, notifications };
}

/** A process that knows nothing but the lists of operations-service shows the same. */
export async function rebuiltLike(hub, like, listed) {
  const database = await emptyDatabase(hub, 'hub_projection_rebuilt');
  const replica = await Replica.start(hub, { database });
  const reader = connect(replica.url, hub.adminToken());
  const wanted = certain(like, listed);
  try {
    await until('the rebuilt document is like the old one', () => {
      const rebuilt = certain(shown(reader.doc), listed);
      if (isDeepStrictEqual(rebuilt, wanted)) return true;
      throw new Error(`rebuilt ${JSON.stringify(rebuilt)}\nold ${JSON.stringify(wanted)}`.slice(0, 9_000));
    }, SETTLED_MS);
  } finally {
    reader.close();
    await replica.stop();
  }
}

/** What of a document does not depend on who ended in the same moment as others. */
function certain({ operations, notifications }, listed) {
  const ids = new Set(endedIn(listed).must);
  return operations && notifications && {
    order: operations.order.filter((id) => ids.has(id)), active: operations.active,
    byId: Object.fromEntries(Object.entries(operations.by_id).filter(([id]) => ids.has(id))),
    notifications: notifications.slice(BOUNDARY - NOTIFICATIONS_SHOWN),
  };
}

/**
 * The ids of ended operations that must be shown, and those that may be: the newest by their end.
 * While lists have them by arrival only, those that are new in one sense and not in the other may.
 */
function endedIn({ operations }) {
  const newest = (time) => [...operations].sort(byTime(time, 'operation_id'))
    .map(({ operation_id: id }) => id).slice(-ENDED_SHOWN);
  const [byEnd, byArrival] = [newest('finished_at'), newest('started_at')];
  return { must: byEnd.filter((id) => byArrival.includes(id)), may: new Set([...byEnd, ...byArrival]) };
}

/**
 * Complaints about a document beside the lists: the newest that have ended, in the order of their
 * start, each member as the list has it. The document may leave members out.
 */
export function shownUnlike({ operations, notifications }, listed) {
  const wrong = [];
  const truth = new Map(listed.operations.map((each) => [each.operation_id, each]));
  const { must, may } = endedIn(listed);
  const ids = Object.keys(operations.by_id);
  const order = ids.map((id) => truth.get(id) ?? { operation_id: id })
    .sort(byTime('started_at', 'operation_id')).map(({ operation_id: id }) => id);
  if (!isDeepStrictEqual(operations.order, order)) wrong.push(`order ${operations.order} is not ${order}`);
  if (operations.active.length > 0) wrong.push(`active are ${operations.active}`);
  if (ids.length !== Math.min(ENDED_SHOWN, truth.size)) wrong.push(`${ids.length} are shown`);
  must.filter((id) => !ids.includes(id)).forEach((id) => wrong.push(`${id} is not shown`));
  ids.filter((id) => !may.has(id)).forEach((id) => wrong.push(`${id} is still shown`));
  for (const [id, leaf] of Object.entries(operations.by_id)) {
    const wanted = asShown(truth.get(id) ?? {});
    if (leaf.status === undefined) wrong.push(`${id} is shown without a status`);
    Object.entries(leaf).filter(([member, value]) => !isDeepStrictEqual(value, wanted[member]))
      .forEach(([member, value]) => wrong.push(`${id}: ${member} is shown as ${JSON.stringify(value)}`));
  }
  const told = [...listed.notifications].sort(byTime('ts', 'id')).map(({ id }) => id);
  const seen = notifications.map(({ id }) => id);
  if (!isDeepStrictEqual(seen.slice(BOUNDARY - NOTIFICATIONS_SHOWN), told.slice(BOUNDARY - NOTIFICATIONS_SHOWN))) {
    wrong.push('the notifications are others');
  }
  return wrong;
}

/** A record as the document has it: the place in its plan, no causes, no large results. */
function asShown({ plan, error, result, ...members }) {
  const { cause: _, ...told } = error ?? {};
  const chars = JSON.stringify(result ?? null).length;
  return {
    ...members, error: error && told,
    result: chars > RESULT_CHARS_MAX ? { omitted_chars: chars } : result,
    step_index: plan?.at, step_count: plan?.steps.length, eta_at: plan?.eta_at,
    too_late_since: plan?.too_late_since,
  };
}

const byTime = (time, id) => (one, other) =>
  Date.parse(one[time]) - Date.parse(other[time]) || (one[id] < other[id] ? -1 : 1);
