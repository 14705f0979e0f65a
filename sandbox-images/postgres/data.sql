-- Runs when a primary starts, in single-user mode: statements end with a semicolon and an empty line.
ALTER ROLE app PASSWORD '@PASSWORD@';

INSERT INTO items SELECT id, md5(id::text) FROM generate_series(0, @ITEMS@ - 1) id;

ALTER TABLE items ADD PRIMARY KEY (id);

INSERT INTO hot_rows SELECT id, 0 FROM generate_series(0, @HOT_ROWS@ - 1) id;

ALTER TABLE hot_rows ADD PRIMARY KEY (id);

VACUUM (FREEZE, ANALYZE) items, hot_rows;

