// The books of operations-service as PostgreSQL has them: every state, record and fact ever committed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/**
 * Keeps a copy of each row in the transaction that writes it. What is read later is therefore neither
 * what the service says of itself nor what is left after it has overwritten its rows.
 */
const KEEP = `
  CREATE TABLE chaos_state (
    position bigserial, at timestamptz DEFAULT clock_timestamp(), operation_id text, target text,
    status text, revision bigint, state jsonb);
  CREATE FUNCTION chaos_state() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'INSERT' OR OLD.revision <> NEW.revision THEN
      INSERT INTO chaos_state (operation_id, target, status, revision, state) VALUES (NEW.operation_id,
        NEW.target_kind || ':' || NEW.target_id || '@' || NEW.node_id, NEW.status, NEW.revision,
        NEW.state::jsonb);
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER chaos_state AFTER INSERT OR UPDATE ON operation
    FOR EACH ROW EXECUTE FUNCTION chaos_state();

  CREATE TABLE chaos_installed (
    position bigserial, removed boolean, target text, revision bigint, activating_by text, artifact jsonb);
  CREATE FUNCTION chaos_installed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE now installed%ROWTYPE;
  BEGIN
    IF TG_OP = 'DELETE' THEN now := OLD; ELSE now := NEW; END IF;
    INSERT INTO chaos_installed (removed, target, revision, activating_by, artifact) VALUES (
      TG_OP = 'DELETE', now.kind || ':' || now.id || '@' || now.node_id, now.revision,
      now.activating_by, now.artifact::jsonb);
    RETURN NULL;
  END $$;
  CREATE TRIGGER chaos_installed AFTER INSERT OR UPDATE OR DELETE ON installed
    FOR EACH ROW EXECUTE FUNCTION chaos_installed();

  CREATE TABLE chaos_fact (
    position bigserial, sequence bigint, subject text, type text, key text, payload jsonb);
  CREATE FUNCTION chaos_fact() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.sequence IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.sequence IS DISTINCT FROM NEW.sequence) THEN
      INSERT INTO chaos_fact (sequence, subject, type, key, payload)
        VALUES (NEW.sequence, NEW.subject, NEW.type, NEW.key, NEW.payload::jsonb);
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER chaos_fact AFTER INSERT OR UPDATE ON outbox
    FOR EACH ROW EXECUTE FUNCTION chaos_fact()`;

async function withClient(hub, database, work) {
  const client = new pg.Client({
    host: '127.0.0.1', port: hub.base + 6, user: 'hub', database,
    password: readFileSync(path.join(hub.data, 'secrets/postgres.password'), 'utf8').trim(),
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(async (text, values) => (await client.query(text, values)).rows);
  } finally {
    await client.end();
  }
}

export const keepBooks = (hub) => withClient(hub, 'hub_operations', (query) => query(KEEP));

/** A database of its own for another process; gives its name. */
export async function emptyDatabase(hub, name) {
  await withClient(hub, 'hub_operations', (query) => query(`CREATE DATABASE ${name}`));
  return name;
}

/** How many operations are in one of these steps (`running`) or statuses now, by name. */
export function whereTheyAre(hub) {
  return withClient(hub, 'hub_operations', async (query) => {
    const rows = await query(`SELECT CASE WHEN status = 'running'
        THEN coalesce(state::jsonb->>'current_step', 'running') ELSE status END AS at, count(*)::int AS n
      FROM operation WHERE finished_at IS NULL GROUP BY 1`);
    return Object.fromEntries(rows.map(({ at, n }) => [at, n]));
  });
}

/** Looks again and again, on one connection, until somebody is there; false when nobody came in time. */
export function awaitAt(hub, place, timeoutMs) {
  return withClient(hub, 'hub_operations', async (query) => {
    for (const end = Date.now() + timeoutMs; Date.now() < end;) {
      const [{ n }] = await query(`SELECT count(*)::int AS n FROM operation WHERE finished_at IS NULL
        AND (status = $1 OR status = 'running' AND state::jsonb->>'current_step' = $1)`, [place]);
      if (n > 0) return true;
    }
    return false;
  });
}

/** All of it, for the audit. */
export function readBooks(hub) {
  return withClient(hub, 'hub_operations', async (query) => {
    const times = `extract(epoch FROM deadline_at) * 1000 AS deadline, extract(epoch FROM finished_at) * 1000 AS ended`;
    return {
      operations: (await query(`SELECT operation_id AS id, status, state::jsonb AS state, ${times}
        FROM operation ORDER BY arrival`)).map((row) => ({
        ...row, deadline: Number(row.deadline), ended: row.ended === null ? undefined : Number(row.ended),
      })),
      states: (await query(`SELECT operation_id AS id, target, status, revision, state
        FROM chaos_state ORDER BY position`)).map(withNumber('revision')),
      installed: (await query(`SELECT removed, target, revision, activating_by AS "activatingBy", artifact
        FROM chaos_installed ORDER BY position`)).map(withNumber('revision')),
      facts: (await query('SELECT sequence, type, key, payload FROM chaos_fact ORDER BY sequence, position'))
        .map(withNumber('sequence')),
      head: (await query('SELECT sequence, published FROM outbox_head'))
        .map(withNumber('sequence')).map(withNumber('published'))[0],
      notifications: await query('SELECT operation_id AS id FROM notification'),
    };
  });
}

const withNumber = (member) => (row) => ({ ...row, [member]: Number(row[member]) });
