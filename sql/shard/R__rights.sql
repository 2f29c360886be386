-- Members read what the grid is; they never change it. Runs again when the role's name changes.
GRANT USAGE ON SCHEMA "${schema}" TO "${member_role}";
GRANT SELECT ON "${schema}".grid, "${schema}".shard_map TO "${member_role}";
