-- The names under which anything is published.
CREATE TABLE action (
    name text COLLATE "C" PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 255)
);

-- A published version of an action. canonical is what was hashed and signed; jsonb would rewrite
-- numbers and cannot hold U+0000. description is a JSON text for the same reason. search is the
-- name and the description in lower case.
CREATE TABLE action_version (
    name           text COLLATE "C" NOT NULL REFERENCES action,
    version        text COLLATE "C" NOT NULL CHECK (length(version) BETWEEN 1 AND 64),
    canonical      bytea NOT NULL,
    hash           text COLLATE "C" NOT NULL,
    description    text,
    search         text COLLATE "C" NOT NULL,
    sig_alg        text COLLATE "C" NOT NULL,
    sig_kid        text COLLATE "C" NOT NULL,
    sig_b64        text COLLATE "C" NOT NULL,
    subject        text NOT NULL,
    correlation_id text NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, version)
);

CREATE INDEX action_version_signer ON action_version (sig_kid, name);

CREATE TRIGGER action_version_is_immutable BEFORE UPDATE ON action_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Keys trusted through the interface; those of file and environment win and are not here.
CREATE TABLE trusted_key (
    kid            text COLLATE "C" PRIMARY KEY CHECK (length(kid) BETWEEN 1 AND 255),
    alg            text COLLATE "C" NOT NULL,
    public_key     text COLLATE "C" NOT NULL,
    subject        text NOT NULL,
    correlation_id text NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now()
);

-- A search reads every row where the server lacks the extension or may not create it.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX action_version_search ON action_version USING gin (search gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'actions are searched without an index: %', SQLERRM;
END $$;
