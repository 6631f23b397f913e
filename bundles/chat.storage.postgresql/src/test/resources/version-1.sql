CREATE TABLE store (
  one integer PRIMARY KEY CHECK (one = 1),
  version integer NOT NULL,
  id uuid NOT NULL, generation bigint NOT NULL,
  successor uuid, successor_generation bigint, source uuid,
  checksum integer NOT NULL);
CREATE TABLE stream (
  stream bigint PRIMARY KEY, head bigint NOT NULL, time bigint NOT NULL,
  digest_high bigint NOT NULL, digest_low bigint NOT NULL,
  checksum integer NOT NULL);
CREATE TABLE entry (
  stream bigint NOT NULL, number bigint NOT NULL, id uuid NOT NULL,
  kind integer NOT NULL, author bigint NOT NULL, time bigint NOT NULL,
  length integer NOT NULL, hash bigint NOT NULL, checksum integer NOT NULL,
  body_checksum integer, body bytea,
  PRIMARY KEY (stream, number));
ALTER TABLE entry ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX entry_id ON entry (author, id);
CREATE INDEX entry_kind ON entry (stream, kind, number);
CREATE TABLE cell (
  space bytea NOT NULL, name bytea NOT NULL, version bigint NOT NULL,
  checksum integer NOT NULL, value bytea NOT NULL,
  PRIMARY KEY (space, name));
CREATE TABLE blob (
  id uuid PRIMARY KEY, length bigint NOT NULL, committed boolean NOT NULL,
  touched bigint NOT NULL, checksum integer NOT NULL);
CREATE TABLE chunk (
  blob uuid NOT NULL, number bigint NOT NULL, checksum integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (blob, number));
ALTER TABLE chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
INSERT INTO store VALUES (1, 1, '00000000-0000-0001-0000-000000000002', 3, NULL, NULL, NULL, CHECKSUM);
INSERT INTO stream VALUES (1, 4, 1700000000000, 3219684934782123733, -3428099998149522638, 1733872617);
INSERT INTO entry VALUES (1, 1, '00000000-0000-0001-0000-000000000001', 1, 7, 1700000000000, 10, 1, 813845845, -1285149842, '\x01010101010101010101');
INSERT INTO entry VALUES (1, 2, '00000000-0000-0001-0000-000000000002', 1, 7, 1700000000000, 20, 2, 2128088637, NULL, NULL);
INSERT INTO entry VALUES (1, 3, '00000000-0000-0001-0000-000000000003', 1, 7, 1700000000000, 30, 3, 1156460773, 114375352, '\x030303030303030303030303030303030303030303030303030303030303');
INSERT INTO entry VALUES (1, 4, '00000000-0000-0001-0000-000000000004', 1, 7, 1700000000000, 40, 4, -496203539, -36317728, '\x04040404040404040404040404040404040404040404040404040404040404040404040404040404');
INSERT INTO cell VALUES ('\x006100630063006f0075006e0074', '\x0061006e006e', 1, -828251255, '\x010203');
