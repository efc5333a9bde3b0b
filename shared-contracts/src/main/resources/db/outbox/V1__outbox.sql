-- Facts, written in the transaction of the state they are about. The id promises no order: a row
-- gets its place, the sequence, from the relay after its transaction has committed.
CREATE TABLE outbox (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject        text        NOT NULL,
    type           text        NOT NULL,
    key            text        NOT NULL,
    correlation_id text,
    payload        text        NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    sequence       bigint      UNIQUE,
    published_at   timestamptz,
    parked         text
);

CREATE INDEX outbox_unnumbered ON outbox (id) WHERE sequence IS NULL;
CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;
CREATE INDEX outbox_parked ON outbox (sequence) WHERE parked IS NOT NULL;

-- One row. The epoch is made with the database: readers that know another one start over.
CREATE TABLE outbox_head (
    only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    epoch     text   NOT NULL,
    sequence  bigint NOT NULL DEFAULT 0,
    published bigint NOT NULL DEFAULT 0,
    CHECK (published <= sequence)
);

INSERT INTO outbox_head (epoch) VALUES (replace(gen_random_uuid()::text, '-', ''));
