"""PostgreSQL's triggers that write the history. The tables share their functions, and say which columns are apart."""

from models.shared.history.noted import Noted
from models.shared.sql_names import sql_name, sql_text

# All that one transaction writes is one change, whoever began it.
FIND_CHANGE = """
CREATE OR REPLACE FUNCTION history_change() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  change integer := nullif(current_setting('history.change', true), '');
BEGIN
  IF change IS NULL THEN
    INSERT INTO changes (created, person, command) VALUES (
      date_trunc('second', now() AT TIME ZONE 'UTC'),
      nullif(current_setting('history.person', true), '')::integer,
      nullif(current_setting('history.command', true), '')
    ) RETURNING id INTO change;
    PERFORM set_config('history.change', change::text, true);
  END IF;
  RETURN change;
END $$
"""
NOTE_ROW = """
CREATE OR REPLACE FUNCTION history_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  counters text[] := TG_ARGV[0];
  secrets text[] := TG_ARGV[1];
  old_row jsonb;
  new_row jsonb;
  old_values jsonb;
  new_values jsonb;
BEGIN
  IF current_setting('history.rests', true) = 'yes' THEN RETURN NULL; END IF;
  IF TG_OP = 'TRUNCATE' THEN
    EXECUTE format(
      'INSERT INTO changed_rows (change_id, table_name, row_id, done, before)
       SELECT history_change(), %%L, id, ''delete'', (to_jsonb(gone) - ''id'' - %%L::text[])::text
       FROM %%I.%%I AS gone ORDER BY id', TG_TABLE_NAME, secrets, TG_TABLE_SCHEMA, TG_TABLE_NAME);
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD); END IF;
  IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW); END IF;
  IF TG_OP = 'UPDATE' AND old_row->'id' = new_row->'id' THEN
    SELECT jsonb_object_agg(key, value), jsonb_object_agg(key, new_row->key) INTO old_values, new_values
    FROM jsonb_each(old_row - counters - secrets) WHERE value IS DISTINCT FROM new_row->key;
    SELECT coalesce(new_values, '{}') || coalesce(jsonb_object_agg(secret, 'changed'::text), '{}') INTO new_values
    FROM unnest(secrets) AS secret WHERE old_row->secret IS DISTINCT FROM new_row->secret;
    IF new_values <> '{}' THEN
      INSERT INTO changed_rows (change_id, table_name, row_id, done, before, after)
      VALUES (history_change(), TG_TABLE_NAME, OLD.id, 'update', coalesce(old_values, '{}')::text, new_values::text);
    END IF;
    RETURN NULL;
  END IF;
  IF old_row IS NOT NULL THEN
    INSERT INTO changed_rows (change_id, table_name, row_id, done, before)
    VALUES (history_change(), TG_TABLE_NAME, OLD.id, 'delete', (old_row - 'id' - secrets)::text);
  END IF;
  IF new_row IS NOT NULL THEN
    INSERT INTO changed_rows (change_id, table_name, row_id, done, after)
    VALUES (history_change(), TG_TABLE_NAME, NEW.id, 'create', (new_row - 'id' - secrets)::text);
  END IF;
  RETURN NULL;
END $$
"""
HISTORY_FUNCTIONS = (FIND_CHANGE, NOTE_ROW)


def postgresql_triggers(noted: Noted) -> dict[str, str]:
    """What each does, by when it fires."""
    table = sql_name(noted.table)
    apart = ", ".join(
        sql_text(f"{{{','.join(map(sql_name, columns))}}}") for columns in (noted.counters, noted.secrets)
    )
    note = f"EXECUTE FUNCTION history_note({apart})"
    return {
        f"AFTER INSERT OR DELETE ON {table} FOR EACH ROW": note,
        f"AFTER UPDATE ON {table} FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)": note,
        f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT": note,
    }
