// The update log as PostgreSQL has it: every row that was ever committed, also after compaction.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/**
 * Keeps a copy of each row in the transaction that appends it. A generation that is given out twice
 * would be two rows of the copy, since that has no key.
 */
const KEEP = `
  CREATE TABLE chaos_log (
    position bigserial, webspace text, generation bigint, epoch bigint, payload bytea);
  INSERT INTO chaos_log (webspace, generation, epoch, payload)
    SELECT webspace, generation, epoch, payload FROM update_log ORDER BY generation;
  CREATE FUNCTION chaos_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO chaos_log (webspace, generation, epoch, payload)
      VALUES (NEW.webspace, NEW.generation, NEW.epoch, NEW.payload);
    RETURN NULL;
  END $$;
  CREATE TRIGGER chaos_keep AFTER INSERT ON update_log FOR EACH ROW EXECUTE FUNCTION chaos_keep()`;

async function query(hub, text, values) {
  const client = new pg.Client({
    host: '127.0.0.1', port: hub.base + 6, user: 'hub', database: 'hub_projection',
    password: readFileSync(path.join(hub.data, 'secrets/postgres.password'), 'utf8').trim(),
  });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

export const keepLog = (hub) => query(hub, KEEP);

/** All rows of a webspace, in the order of their generations. */
export async function logOf(hub, webspace) {
  const rows = await query(hub, `SELECT generation, epoch, payload FROM chaos_log
    WHERE webspace = $1 ORDER BY generation, position`, [webspace]);
  return rows.map(({ generation, epoch, payload }) => ({
    generation: Number(generation), epoch: Number(epoch), payload: new Uint8Array(payload),
  }));
}

/** Generations follow one another without gap or repetition, and no older epoch writes again. */
export function faultsOfOrder(rows) {
  const wrong = [];
  rows.forEach((row, i) => {
    if (row.generation !== i + 1) wrong.push(`row ${i + 1} is generation ${row.generation}`);
    if (i > 0 && row.epoch < rows[i - 1].epoch) {
      wrong.push(`generation ${row.generation} is of epoch ${row.epoch}, the one before of ${rows[i - 1].epoch}`);
    }
  });
  return wrong;
}
