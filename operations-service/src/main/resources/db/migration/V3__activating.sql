-- While an artifact is activating: the operation that does it, and the record to which a failure
-- goes back. Without a record before, the artifact was not there.
ALTER TABLE installed ADD COLUMN activating_by text;
ALTER TABLE installed ADD COLUMN before text;
