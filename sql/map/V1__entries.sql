-- The rows of one map. Each map has a schema of its own, so that maps come, go and are granted one by one.
-- IF NOT EXISTS, as Flyway notes over another connection what has run: cut in between, it runs again.
CREATE TABLE IF NOT EXISTS "${schema}".entries (
    -- "C": compared byte by byte, so neither the database's locale nor an update of the system's can break the index.
    key         text COLLATE "C" PRIMARY KEY CHECK (octet_length(key) BETWEEN 1 AND 512),
    partition   smallint    NOT NULL CHECK (partition >= 0),
    value       ${value_type},                      -- null: a tombstone
    not_before  bigint      NOT NULL DEFAULT 0,     -- milliseconds since 1970: an attempt with an earlier deadline is refused
    attempts    bigint[],                           -- ids of the last operations that took effect
    written_at  timestamptz NOT NULL
)
-- Room on each page for the row's next version: an update then touches no index (heap-only tuples).
WITH (fillfactor = 85);

-- value keeps PostgreSQL's own storage (EXTENDED): past 2 kB it is compressed and moved out of the row, which leaves the
-- rows of a page short; a value that doesn't shrink, as most binary ones, is stored as it is.
