-- Members read what the grid is; they never change it. Runs again when the role's name changes.
GRANT USAGE ON SCHEMA "${schema}" TO "${member_role}";
GRANT SELECT ON "${schema}".grid, "${schema}".shard_map TO "${member_role}";
-- A member is a writer among others: it registers, refreshes, fences and, a month later, forgets them.
GRANT SELECT, INSERT, UPDATE, DELETE ON "${schema}".writer, "${schema}".writer_seen TO "${member_role}";
