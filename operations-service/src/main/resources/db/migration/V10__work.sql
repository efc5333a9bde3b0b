-- A node exists since a credential of it asked for work for the first time.
CREATE TABLE work_node (
    node_id      text PRIMARY KEY,
    kinds        text[]      NOT NULL,
    last_seen_at timestamptz NOT NULL DEFAULT now()
);

-- A part of an operation's work that only its node can do. Open until it has an outcome; times are
-- the database's.
CREATE TABLE work_item (
    work_id          text PRIMARY KEY,
    arrival          bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    operation_id     text        NOT NULL REFERENCES operation ON DELETE CASCADE,
    key              text        NOT NULL,
    node_id          text        NOT NULL,
    kind             text        NOT NULL,
    task             text        NOT NULL,
    target           text        NOT NULL,
    args             text        NOT NULL,
    -- where a worker's progress is shown; without a step nowhere
    step             text,
    from_percent     integer     NOT NULL DEFAULT 0,
    until_percent    integer     NOT NULL DEFAULT 0,
    can_cancel       boolean     NOT NULL DEFAULT true,
    -- is done although its operation has ended, and nobody waits for it
    outlives         boolean     NOT NULL,
    attempts         integer     NOT NULL DEFAULT 0,
    lease            text UNIQUE,
    lease_expires_at timestamptz,
    past_leases      text[]      NOT NULL DEFAULT '{}',
    shown_at         timestamptz,
    give_up_at       timestamptz NOT NULL,
    outcome          text,
    answer           text,
    UNIQUE (operation_id, key)
);
CREATE INDEX work_item_open ON work_item (node_id, arrival) WHERE outcome IS NULL;
CREATE INDEX work_item_past ON work_item USING gin (past_leases);
