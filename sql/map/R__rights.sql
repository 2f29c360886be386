-- Members read and write rows, nothing else: no TRUNCATE, no REFERENCES, no change of the table. Runs again when the
-- role's name changes.
GRANT USAGE ON SCHEMA "${schema}" TO "${member_role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON "${schema}".entries TO "${member_role}";
