-- Archives by the SHA-256 of their bytes, in rows of 1 MiB so that nobody holds one in memory.
CREATE TABLE blob (
    digest     text COLLATE "C" PRIMARY KEY,
    size_bytes bigint NOT NULL CHECK (size_bytes > 0),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE blob_chunk (
    digest text COLLATE "C" NOT NULL REFERENCES blob,
    chunk  integer NOT NULL CHECK (chunk >= 0),
    bytes  bytea NOT NULL,
    PRIMARY KEY (digest, chunk)
);

-- Archives are compressed already.
ALTER TABLE blob_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Every word that leads to an artifact of a kind, its id and its name, folded to lower case.
CREATE TABLE artifact_alias (
    kind  text COLLATE "C" NOT NULL CHECK (kind IN ('skill', 'scenario')),
    alias text COLLATE "C" NOT NULL,
    id    text COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, alias)
);

-- A published version; entry and manifest are JSON texts whose member order counts.
CREATE TABLE artifact_version (
    kind           text COLLATE "C" NOT NULL CHECK (kind IN ('skill', 'scenario')),
    id             text COLLATE "C" NOT NULL,
    version        text COLLATE "C" NOT NULL,
    push_order     bigint GENERATED ALWAYS AS IDENTITY,
    digest         text COLLATE "C" NOT NULL REFERENCES blob,
    content_digest text COLLATE "C" NOT NULL,
    archive_bytes  bigint NOT NULL,
    unpacked_bytes bigint NOT NULL,
    files          integer NOT NULL,
    entry          text NOT NULL,
    manifest       text NOT NULL,
    subject        text NOT NULL,
    message        text,
    metadata       text,
    correlation_id text NOT NULL,
    pushed_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, id, version)
);

CREATE INDEX artifact_version_newest ON artifact_version (kind, id, push_order DESC);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published version never changes';
END $$;

CREATE TRIGGER artifact_version_is_immutable BEFORE UPDATE ON artifact_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The catalog: one line per artifact, showing its highest version.
CREATE TABLE catalog_entry (
    kind           text COLLATE "C" NOT NULL,
    id             text COLLATE "C" NOT NULL,
    sort_name      text COLLATE "C" NOT NULL,
    version        text COLLATE "C" NOT NULL,
    revision       bigint NOT NULL CHECK (revision > 0),
    digest         text COLLATE "C" NOT NULL,
    content_digest text COLLATE "C" NOT NULL,
    entry          text NOT NULL,
    PRIMARY KEY (kind, id),
    FOREIGN KEY (kind, id, version) REFERENCES artifact_version
);

-- The order of every list: skills before scenarios, then by name without case, then by id.
CREATE INDEX catalog_entry_order ON catalog_entry (kind DESC, sort_name, id);
