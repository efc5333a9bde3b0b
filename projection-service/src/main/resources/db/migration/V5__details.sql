-- Values too large for a document, read on demand. They go with the artifact that declares them
-- and with their webspace.
CREATE TABLE details (
    webspace   text        NOT NULL REFERENCES webspaces ON DELETE CASCADE,
    kind       text        NOT NULL,
    id         text        NOT NULL,
    slot       text        NOT NULL,
    value      bytea       NOT NULL,
    etag       text        NOT NULL,
    written_by text        NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (webspace, kind, id, slot),
    FOREIGN KEY (kind, id) REFERENCES rule_layers ON DELETE CASCADE
);

CREATE INDEX details_artifact ON details (kind, id);
