-- Which organisations this database holds: their ids, and nothing else about them.
--
-- The one table without row-level security. A process that keeps tables up to date or lists
-- what there is has to know for whom; an id gives access to nothing.

-- migrate:up

CREATE TABLE mingzhang.organisations (
    organisation uuid PRIMARY KEY,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

GRANT SELECT, INSERT ON mingzhang.organisations TO mingzhang_app;

-- migrate:down
