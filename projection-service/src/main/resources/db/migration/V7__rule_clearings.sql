-- What artifacts had declared that are installed nowhere any more, until their values are cleared.
CREATE TABLE withdrawn_layers (
    layer        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind         text        NOT NULL,
    id           text        NOT NULL,
    manifest     text        NOT NULL,
    withdrawn_at timestamptz NOT NULL DEFAULT now()
);

-- The webspaces in which that is still to be done.
CREATE TABLE rule_clearings (
    layer    bigint NOT NULL REFERENCES withdrawn_layers,
    webspace text   NOT NULL REFERENCES webspaces,
    PRIMARY KEY (layer, webspace)
);
