-- Every run of replica numbers that was given to a room of a webspace. What was written under a
-- number of none of them came from somebody else.
CREATE TABLE server_clients (
    webspace text NOT NULL REFERENCES webspaces,
    first_id bigint NOT NULL,
    last_id  bigint NOT NULL CHECK (last_id >= first_id),
    PRIMARY KEY (webspace, first_id)
);
