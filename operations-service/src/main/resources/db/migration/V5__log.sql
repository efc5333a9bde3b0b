-- What happened to an operation, in words: its first 500 lines and its newest 1,500.
CREATE TABLE operation_log (
    operation_id text        NOT NULL REFERENCES operation ON DELETE CASCADE,
    line         bigint      NOT NULL,
    at           timestamptz NOT NULL DEFAULT now(),
    level        text        NOT NULL,
    step         text,
    message      text        NOT NULL,
    PRIMARY KEY (operation_id, line)
);
