-- Who runs next. "turn" is the place in the line of all initiators: one who has nothing waiting
-- joins where the line is now, every further operation of the same initiator one behind the last.
-- "place" is the turn less the head start of a priority; the lowest runs next.
ALTER TABLE operation ADD COLUMN initiator text NOT NULL DEFAULT '';
ALTER TABLE operation ADD COLUMN retry_of text;
ALTER TABLE operation ADD COLUMN turn bigint NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN place bigint NOT NULL DEFAULT 0;
UPDATE operation SET
    initiator = (state::json #>> '{initiator,kind}') || ':' || (state::json #>> '{initiator,id}'),
    retry_of = state::json ->> 'retry_of';
ALTER TABLE operation ALTER COLUMN initiator DROP DEFAULT;
ALTER TABLE operation ALTER COLUMN turn DROP DEFAULT;
ALTER TABLE operation ALTER COLUMN place DROP DEFAULT;

-- What is under way is taken up before anything new is begun.
DROP INDEX operation_ready;
CREATE INDEX operation_under_way ON operation (next_run_at)
    WHERE status IN ('running', 'cancelling');
CREATE INDEX operation_waiting ON operation (place, arrival) WHERE status = 'accepted';
CREATE INDEX operation_last_turn ON operation (initiator, turn) WHERE status = 'accepted';
