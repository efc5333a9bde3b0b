-- One row per webspace that exists. It is also the lease: whoever raised the epoch last may append.
CREATE TABLE webspaces (
    webspace         text PRIMARY KEY CHECK (webspace ~ '^[A-Za-z0-9_-]{1,64}$'),
    created_at       timestamptz NOT NULL DEFAULT now(),
    created_by       text NOT NULL,
    epoch            bigint NOT NULL DEFAULT 0,
    holder           text,
    held_since       timestamptz,
    -- newest client id given to a room of this webspace; the next one is greater
    client_id        bigint NOT NULL DEFAULT 0,
    -- no generation up to this one is ever given out again, even if its row is gone
    generation_floor bigint NOT NULL DEFAULT 0
);

INSERT INTO webspaces (webspace, created_by) VALUES ('desktop', 'core:migration');

-- The truth of every document: one row per generation, appended before anybody hears of it.
CREATE TABLE update_log (
    webspace   text NOT NULL REFERENCES webspaces,
    generation bigint NOT NULL CHECK (generation > 0),
    epoch      bigint NOT NULL,
    payload    bytea NOT NULL,
    crc        bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (webspace, generation)
);
-- Updates do not compress well and are read as wholes.
ALTER TABLE update_log ALTER COLUMN payload SET STORAGE EXTERNAL;

-- The document up to a generation; the log rows up to it are removed in the same transaction.
CREATE TABLE doc_snapshots (
    webspace   text PRIMARY KEY REFERENCES webspaces,
    generation bigint NOT NULL,
    epoch      bigint NOT NULL,
    payload    bytea NOT NULL,
    crc        bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- What recovery could not use, kept for an operator to look at.
CREATE TABLE set_aside_updates (
    name         text NOT NULL,
    webspace     text NOT NULL,
    generation   bigint NOT NULL,
    part         text NOT NULL CHECK (part IN ('log', 'snapshot')),
    epoch        bigint NOT NULL,
    payload      bytea NOT NULL,
    crc          bigint NOT NULL,
    created_at   timestamptz NOT NULL,
    set_aside_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, part, generation)
);
