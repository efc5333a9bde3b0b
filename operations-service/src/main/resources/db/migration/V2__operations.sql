-- One long-running piece of work. "state" is the record clients read, the columns beside it are
-- what is searched by; both are written by one statement.
CREATE TABLE operation (
    operation_id     text PRIMARY KEY,
    arrival          bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    kind             text        NOT NULL,
    target_kind      text        NOT NULL,
    target_id        text        NOT NULL,
    node_id          text        NOT NULL,
    webspace_id      text        NOT NULL,
    join_digest      text        NOT NULL,
    status           text        NOT NULL,
    revision         bigint      NOT NULL,
    state            text        NOT NULL,
    command          text        NOT NULL,
    checkpoint       text        NOT NULL DEFAULT '{}',
    correlation_id   text        NOT NULL,
    retried_by       text,
    finished_at      timestamptz,

    -- Execution. Times are the database's, so that processes with other clocks agree.
    deadline_millis  bigint      NOT NULL,
    deadline_at      timestamptz NOT NULL,
    next_run_at      timestamptz NOT NULL DEFAULT now(),
    runs             integer     NOT NULL DEFAULT 0,
    postponements    integer     NOT NULL DEFAULT 0,
    lease_holder     text,
    lease_token      bigint      NOT NULL DEFAULT 0,
    lease_expires_at timestamptz
);

-- The rule itself: one active operation per target. Those in line wait outside of it.
CREATE UNIQUE INDEX operation_one_per_target ON operation (target_kind, target_id, node_id)
    WHERE status IN ('accepted', 'running', 'waiting_input', 'cancelling');
CREATE INDEX operation_in_line ON operation (target_kind, target_id, node_id, arrival)
    WHERE status = 'queued';
CREATE INDEX operation_ready ON operation (next_run_at)
    WHERE status IN ('accepted', 'running', 'cancelling');
CREATE INDEX operation_deadline ON operation (deadline_at)
    WHERE status IN ('accepted', 'queued', 'running', 'waiting_input', 'cancelling');
CREATE INDEX operation_by_webspace ON operation (webspace_id, arrival);
CREATE INDEX operation_ended ON operation (finished_at) WHERE finished_at IS NOT NULL;

-- What a client has sent under a key, so that sending it again does nothing again.
CREATE TABLE idempotency_key (
    subject      text        NOT NULL,
    method       text        NOT NULL,
    path         text        NOT NULL,
    key          text        NOT NULL,
    body_digest  text        NOT NULL,
    operation_id text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (subject, method, path, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
CREATE INDEX idempotency_key_operation ON idempotency_key (operation_id);

-- What is on a node. The link in the workspace is made to agree with it, never the other way.
CREATE TABLE installed (
    node_id        text   NOT NULL,
    kind           text   NOT NULL,
    id             text   NOT NULL,
    name           text   NOT NULL,
    content_digest text   NOT NULL,
    revision       bigint NOT NULL,
    artifact       text   NOT NULL,
    PRIMARY KEY (node_id, kind, id)
);

CREATE TABLE notification (
    id           text PRIMARY KEY,
    arrival      bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    webspace_id  text        NOT NULL,
    operation_id text        NOT NULL UNIQUE,
    notification text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX notification_by_webspace ON notification (webspace_id, arrival);
