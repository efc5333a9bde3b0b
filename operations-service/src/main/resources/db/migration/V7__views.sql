-- Which operation brought this one, and who has read what.
ALTER TABLE operation ADD COLUMN parent_id text;
CREATE INDEX operation_children ON operation (parent_id, arrival) WHERE parent_id IS NOT NULL;
ALTER TABLE notification ADD COLUMN read_at timestamptz;
CREATE INDEX notification_unread ON notification (webspace_id, arrival) WHERE read_at IS NULL;
