-- Finds the records written since an entry.
CREATE INDEX record_version_entry ON record_version (entry);

-- Outlines of long series for drawing: of each span of time the first, lowest, highest and last value, packed.
-- Derived; can be made anew at any time.
CREATE TABLE series_outline (
  series       integer PRIMARY KEY,
  blocks       integer NOT NULL,      -- blocks and flaggings of the series that it tells of
  flaggings    integer NOT NULL,
  last_entry   bigint NOT NULL,
  span_seconds integer NOT NULL,
  -- float64 columns, little-endian: times with flag, then values
  points       bytea NOT NULL
);
ALTER TABLE series_outline ALTER COLUMN points SET STORAGE EXTERNAL;
