-- Who may write to this shard. A member is a writer from its first statement here until it is fenced, and never again.
-- IF NOT EXISTS, as Flyway notes over another connection what has run: cut in between, it runs again.
-- A missing row counts as fenced.
CREATE TABLE IF NOT EXISTS "${schema}".writer (
    member     uuid        PRIMARY KEY,           -- Hazelcast's UUID of one life of a member
    address    text        NOT NULL DEFAULT '',   -- host:port where it listened; empty if it never wrote here
    epoch      bigint      NOT NULL DEFAULT 0,    -- raised to refuse what was sent before
    fenced     boolean     NOT NULL DEFAULT false,
    fenced_by  uuid,
    fenced_at  timestamptz
);

-- When a writer was last seen. A row of its own: batches hold their writer's row, and a refresh must not wait for them.
CREATE TABLE IF NOT EXISTS "${schema}".writer_seen (
    member   uuid        PRIMARY KEY,
    seen_at  timestamptz NOT NULL
);
