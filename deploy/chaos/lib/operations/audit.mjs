// What must be so of operations when all is quiet again, judged by the books. Touches nothing.

const TERMINAL = new Set(['succeeded', 'failed', 'cancelled', 'recoverable']);
const HOLDING = new Set(['accepted', 'running', 'waiting_input', 'cancelling']);
const CHANGED = 'io.adaos.hub.operation.changed.v1';
const NOTIFIED = /notif/;

/** The reaper looks every second, and needs an answer of the database. */
export const REAPED_MS = 5_000;

/** The bound of the service, and what a busy machine may add. */
const CANCELLED_MS = 3_000 + 1_500;

export const isTerminal = (status) => TERMINAL.has(status);

/** Every complaint; none when all is as it should be. */
export function audit(books) {
  return [accounted, deadlines, histories, turns, effects, records, notices, sequence, cancels]
    .flatMap((judge) => judge(books).map((complaint) => `${judge.name}: ${complaint}`));
}

function groups(rows, keyOf) {
  const found = new Map();
  rows.forEach((row) => found.set(keyOf(row), [...(found.get(keyOf(row)) ?? []), row]));
  return found;
}

/** Whatever was answered with 202 is there and has ended; what is there was asked for. */
export function accounted({ accepted, operations }) {
  const known = new Map(operations.map((operation) => [operation.id, operation]));
  const wrong = [...accepted].filter((id) => !known.has(id)).map((id) => `${id} was accepted and is gone`);
  for (const { id, status, state } of operations) {
    if (!isTerminal(status)) wrong.push(`${id} is still ${status}`);
    const ours = accepted.has(id) || state.parent_id || state.initiator?.kind === 'service';
    if (!ours) wrong.push(`${id} was never asked for`);
  }
  return wrong;
}

/** Nothing ends later than its deadline and the reaper's time, while somebody was there to end it. */
export function deadlines({ operations, outages = [] }) {
  return operations.filter(({ deadline, ended }) => {
    if (ended === undefined) return false;
    const excused = outages.reduce((sum, { from, to }) =>
      sum + Math.max(0, Math.min(to, ended) - Math.max(from, deadline)), 0);
    return ended > deadline + REAPED_MS + excused;
  }).map(({ id, deadline, ended }) => `${id} ended ${Math.round(ended - deadline)} ms after its deadline`);
}

/** Revisions rise by one, and an end is an end. */
export function histories({ states }) {
  const wrong = [];
  for (const [id, rows] of groups(states, (row) => row.id)) {
    rows.forEach((row, i) => {
      if (row.revision !== i + 1) wrong.push(`change ${i + 1} of ${id} is revision ${row.revision}`);
      const before = rows[i - 1]?.status;
      if (isTerminal(before) && row.status !== before) wrong.push(`${id} was ${before}, then ${row.status}`);
    });
  }
  return wrong;
}

/** One at a time has a target. */
export function turns({ states }) {
  const holders = new Map();
  const wrong = [];
  for (const { id, target, status } of states) {
    const holder = holders.get(target);
    if (HOLDING.has(status)) {
      if (holder && holder !== id) wrong.push(`${id} is ${status} while ${holder} has ${target}`);
      holders.set(target, id);
    } else if (holder === id) {
      holders.delete(target);
    }
  }
  return wrong;
}

/**
 * What each operation did to the record of an artifact: switched at most once, confirmed exactly once
 * when it succeeded and never otherwise, taken back when it had switched and did not succeed.
 */
export function effects({ operations, installed }) {
  const done = new Map(operations.map(({ id }) => [id, { switched: 0, confirmed: 0, back: 0 }]));
  const of = (id) => done.get(id) ?? done.set(id, { switched: 0, confirmed: 0, back: 0 }).get(id);
  for (const [, rows] of groups(installed, (row) => row.target)) {
    rows.forEach((row, i) => {
      const before = i > 0 && !rows[i - 1].removed ? rows[i - 1].activatingBy : undefined;
      if (row.activatingBy && !row.removed) of(row.activatingBy).switched++;
      else if (!row.removed && row.artifact.operation_id === before) of(before).confirmed++;
      else if (before) of(before).back++;
    });
  }
  return operations.filter(({ state }) => /\.(install|update)$/.test(state.kind)).flatMap(({ id, status, state }) => {
    const { switched, confirmed, back } = of(id);
    const wanted = status === 'succeeded' ? hasEffect(state) ? [1, 1, 0] : [0, 0, 0] : [switched, 0, switched];
    return switched <= 1 && String([switched, confirmed, back]) === String(wanted) ? []
      : [`${id} (${state.kind}, ${status}) switched ${switched}, confirmed ${confirmed}, took back ${back} times`];
  });
}

/** Who found nothing to do says so. */
const hasEffect = (state) => state.result?.unchanged !== true;

/**
 * The last operation that succeeded on an artifact decides what is recorded of it. What is removed
 * cannot be taken back: an uninstall that was broken off for good may have removed it.
 */
export function records({ states, installed }) {
  const wanted = new Map();
  const open = new Set();
  for (const { target, status, state } of states) {
    if (!/^(skill|scenario)\./.test(state.kind) || !isTerminal(status) || !hasEffect(state)) continue;
    const removes = state.kind.endsWith('.uninstall');
    if (removes && (status === 'failed' || status === 'recoverable')) open.add(target);
    if (status !== 'succeeded') continue;
    open.delete(target);
    if (removes) wanted.delete(target);
    else wanted.set(target, state.result.version);
  }
  const found = new Map();
  for (const row of installed) {
    if (row.removed) found.delete(row.target);
    else found.set(row.target, row.activatingBy ? `activating by ${row.activatingBy}` : row.artifact.version);
  }
  return [...new Set([...wanted.keys(), ...found.keys()])]
    .filter((target) => wanted.get(target) !== found.get(target))
    .filter((target) => !(open.has(target) && !found.has(target)))
    .map((target) => `${target} should be ${wanted.get(target)}, recorded is ${found.get(target)}`);
}

/** One notification per outcome, told once. */
export function notices({ operations, notifications, facts }) {
  const kept = groups(notifications, ({ id }) => id);
  const told = groups(facts.filter(({ type }) => NOTIFIED.test(type)), ({ payload }) => operationOf(payload));
  return operations.filter(({ status }) => isTerminal(status)).flatMap(({ id }) => {
    const counts = [kept.get(id)?.length ?? 0, told.get(id)?.length ?? 0];
    return String(counts) === '1,1' ? [] : [`${id} has ${counts[0]} notifications, told ${counts[1]} times`];
  });
}

const operationOf = (payload) => payload.operation_id ?? payload.notification?.operation_id;

/** Facts are numbered without a hole, all published, and tell every revision once, in order. */
export function sequence({ facts, head, states }) {
  const wrong = facts.flatMap((fact, i) =>
    fact.sequence === i + 1 ? [] : [`fact ${i + 1} has the number ${fact.sequence}`]).slice(0, 3);
  if (head.sequence !== facts.length || head.published !== head.sequence) {
    wrong.push(`the head is at ${head.sequence}, published to ${head.published} of ${facts.length}`);
  }
  const told = groups(facts.filter(({ type }) => type === CHANGED), ({ key }) => key);
  for (const [id, rows] of groups(states, (row) => row.id)) {
    const said = (told.get(id) ?? []).map(({ payload }) => (payload.operation ?? payload).revision);
    const were = rows.map(({ revision }) => revision);
    if (String(said) !== String(were)) wrong.push(`of ${id} revisions ${said} were told, ${were} were`);
  }
  return wrong;
}

/** What was answered to a cancel is what became of the operation, and in time. */
export function cancels({ cancelled, operations }) {
  const status = new Map(operations.map((operation) => [operation.id, operation.status]));
  return cancelled.flatMap(({ id, outcome, ms, disturbed }) => {
    const wrong = [];
    if (isTerminal(outcome) && status.get(id) !== outcome) {
      wrong.push(`${id} was said to be ${outcome} and is ${status.get(id)}`);
    }
    if (!isTerminal(outcome) && !ANSWERS.has(outcome)) wrong.push(`the cancel of ${id} was answered with ${outcome}`);
    if (!disturbed && ms > CANCELLED_MS) wrong.push(`the cancel of ${id} was answered after ${ms} ms`);
    return wrong;
  });
}

/** It has not stopped yet, or it was too late; else how it has ended meanwhile. */
const ANSWERS = new Set(['cancelling', 'operation_not_cancellable', 'operation_not_active']);
