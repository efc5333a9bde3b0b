-- Who holds a webspace must be heard of again before this time, by the clock of the database.
ALTER TABLE webspaces
    ADD COLUMN holder_address text,
    ADD COLUMN lease_until timestamptz NOT NULL DEFAULT '-infinity';

CREATE INDEX set_aside_updates_webspace ON set_aside_updates (webspace, name);
