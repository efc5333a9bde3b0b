-- One row per installed artifact whose rules are followed. The position is the order of first
-- registration and stays while the artifact does; the manifest spares the registry at a restart.
CREATE TABLE rule_layers (
    kind           text   NOT NULL,
    id             text   NOT NULL,
    position       bigint GENERATED ALWAYS AS IDENTITY,
    version        text,
    content_digest text,
    manifest       text,
    PRIMARY KEY (kind, id)
);

-- Which scenario's rules count in a webspace.
CREATE TABLE active_scenarios (
    webspace    text PRIMARY KEY REFERENCES webspaces,
    scenario_id text        NOT NULL,
    switched_by text        NOT NULL,
    switched_at timestamptz NOT NULL DEFAULT now()
);
