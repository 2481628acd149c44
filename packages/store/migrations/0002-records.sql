-- Records: every version, and the present one.
CREATE TABLE record_version (
  kind    text NOT NULL,
  id      text NOT NULL,
  version integer NOT NULL,
  schema  integer NOT NULL,
  owner   text NOT NULL,
  author  text NOT NULL,
  ended   boolean NOT NULL DEFAULT false,
  fields  jsonb NOT NULL,
  entry   bigint NOT NULL,
  at      timestamptz NOT NULL,
  audience text NOT NULL,
  PRIMARY KEY (kind, id, version)
);
CREATE VIEW record AS
  SELECT DISTINCT ON (kind, id) * FROM record_version ORDER BY kind, id, version DESC;
