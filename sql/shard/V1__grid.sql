-- What a shard knows about the grid that it is part of. Written when the grid is made, read by every member at its start.
-- IF NOT EXISTS, as Flyway notes over another connection what has run: cut in between, it runs again.

-- Whose shard this is: one row.
CREATE TABLE IF NOT EXISTS "${schema}".grid (
    grid_id  uuid        NOT NULL,  -- the same on every shard of a grid
    shard    text        NOT NULL,  -- so that hosts swapped in throughline.yaml are noticed before a row goes astray
    made_at  timestamptz            -- when every shard had its row; until then the making may be taken up again
);

CREATE UNIQUE INDEX IF NOT EXISTS grid_has_one_row ON "${schema}".grid ((true));

-- Which shard owns which partitions: the same rows on every shard.
CREATE TABLE IF NOT EXISTS "${schema}".shard_map (
    shard            text       PRIMARY KEY,
    partition_count  smallint   NOT NULL CHECK (partition_count > 0),
    partitions       smallint[] NOT NULL
);
