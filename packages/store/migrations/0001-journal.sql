-- The journal: append-only entries, the Merkle tree over them, and the signed checkpoints.
CREATE TABLE journal_entry (
  seq        bigint PRIMARY KEY,
  at         timestamptz NOT NULL,
  kind       text NOT NULL,
  id         text NOT NULL,
  version    integer NOT NULL,
  audience   text NOT NULL,
  commitment bytea NOT NULL,
  leaf       bytea NOT NULL,
  salt       bytea NOT NULL,
  -- Canonical body, a large one compressed with zstd.
  body       bytea NOT NULL
);
CREATE INDEX journal_entry_subject ON journal_entry (kind, id, seq);
-- Finds the last entry known at a time ("as known at").
CREATE INDEX journal_entry_at ON journal_entry (at, seq);
ALTER TABLE journal_entry ALTER COLUMN body SET STORAGE EXTERNAL;

-- Hashes of complete subtrees: level 0 holds the leaf hashes.
CREATE TABLE journal_node (
  level smallint NOT NULL,
  index bigint NOT NULL,
  hash  bytea NOT NULL,
  PRIMARY KEY (level, index)
);

CREATE TABLE journal_checkpoint (
  size bigint PRIMARY KEY,
  at   timestamptz NOT NULL,
  root bytea NOT NULL,
  note text NOT NULL
);

-- One row: the head. Locked by whoever appends, so that entries, tables and checkpoint become visible together.
CREATE TABLE journal_head (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  node     text NOT NULL,
  size     bigint NOT NULL DEFAULT 0,
  at       timestamptz NOT NULL DEFAULT '-infinity'
);
