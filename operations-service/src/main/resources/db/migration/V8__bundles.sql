-- What diagnostics.run has gathered, for as long as it can be fetched.
CREATE TABLE bundle (
    operation_id text PRIMARY KEY,
    content      bytea       NOT NULL,
    expires_at   timestamptz NOT NULL
);
