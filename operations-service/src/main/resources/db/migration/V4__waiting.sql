-- What an operation waits for without holding a thread. "wakes" counts what has happened for it
-- since: a run that parks names the count it began with, so that nothing is missed in between.
ALTER TABLE operation ADD COLUMN wakes bigint NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN question text;
ALTER TABLE operation ADD COLUMN input_expires_at timestamptz;
ALTER TABLE operation ADD COLUMN answers text NOT NULL DEFAULT '{}';
ALTER TABLE operation ADD COLUMN step_since timestamptz NOT NULL DEFAULT now();

-- What ended by its deadline is taken back afterwards, until that works.
ALTER TABLE operation ADD COLUMN take_back_at timestamptz;
ALTER TABLE operation ADD COLUMN take_back_tries integer NOT NULL DEFAULT 0;

CREATE INDEX operation_unanswered ON operation (input_expires_at)
    WHERE status = 'waiting_input';
CREATE INDEX operation_take_back ON operation (take_back_at) WHERE take_back_at IS NOT NULL;

-- Who waits for whom. "own" children were started by the parent and end with it; others were under
-- way already and were joined.
CREATE TABLE operation_child (
    parent_id text    NOT NULL REFERENCES operation ON DELETE CASCADE,
    child_id  text    NOT NULL REFERENCES operation ON DELETE CASCADE,
    own       boolean NOT NULL,
    ended     boolean NOT NULL DEFAULT false,
    PRIMARY KEY (parent_id, child_id)
);
CREATE INDEX operation_child_of ON operation_child (child_id) WHERE NOT ended;

-- How long the steps of a kind take, as a moving average.
CREATE TABLE step_time (
    kind   text NOT NULL,
    step   text NOT NULL,
    millis double precision NOT NULL,
    PRIMARY KEY (kind, step)
);
