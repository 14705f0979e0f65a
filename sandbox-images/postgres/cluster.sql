-- Runs once, when the image is built. Every container gets its rows and its password at the start (data.sql).
CREATE ROLE app LOGIN REPLICATION;
CREATE DATABASE app OWNER app;
\connect app

-- What the exporter reads: other backends' states and the container's CPU account.
GRANT pg_monitor, pg_read_server_files TO app;
GRANT EXECUTE ON FUNCTION pg_read_file(text), pg_read_file(text, boolean) TO app;

-- Refuses a client beyond `devops.connections`, in the words Postgres has for it (53300). The setting can
-- change while it runs and differ between primary and replica, which `max_connections` cannot. A connection
-- holds one of so many locks for as long as it lives: of clients that come at once, none too many is let in
-- and none too few. Connections named `exporter` watch and do not count.
CREATE FUNCTION refuse_beyond_limit() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
  allowed int := current_setting('devops.connections', true)::int;
BEGIN
  IF session_user <> 'app' OR current_setting('application_name') = 'exporter' THEN
    RETURN;
  END IF;
  FOR slot IN 1..allowed LOOP
    IF pg_try_advisory_lock(53300, slot) THEN
      RETURN;
    END IF;
  END LOOP;
  RAISE EXCEPTION 'sorry, too many clients already: all % connections are in use', allowed
    USING ERRCODE = 'too_many_connections';
END $$;
CREATE EVENT TRIGGER limit_connections ON login EXECUTE FUNCTION refuse_beyond_limit();
ALTER EVENT TRIGGER limit_connections ENABLE ALWAYS;

SET ROLE app;
CREATE TABLE items (id int NOT NULL, payload text NOT NULL);
-- Room on each page for the versions that updates leave until the page is pruned.
CREATE TABLE hot_rows (id int NOT NULL, value bigint NOT NULL) WITH (fillfactor = 20);

-- An index range of `row_count` rows beginning at `item`, wrapping round at the end, with an md5 each.
CREATE FUNCTION read_item(item int, row_count int) RETURNS bigint LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  size int := (SELECT max(id) + 1 FROM items);
  first int := mod(item, size);
  remaining int := row_count;
  taken int;
  total bigint := 0;
  part bigint;
BEGIN
  WHILE remaining > 0 LOOP
    taken := least(remaining, size - first);
    SELECT count(md5(payload)) INTO part FROM items WHERE id >= first AND id < first + taken;
    total := total + part;
    remaining := remaining - taken;
    first := 0;
  END LOOP;
  RETURN total;
END $$;

-- Takes the row's lock first and holds it while it does the same work.
CREATE FUNCTION write_row(hot_row int, row_count int) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  UPDATE hot_rows SET value = value + 1 WHERE id = hot_row;
  RETURN read_item(hot_row, row_count);
END $$;
