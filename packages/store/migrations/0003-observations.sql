-- Observations. Fit for distribution by series: every key holds the series and nothing refers across.
-- `series` is a short number for the id, given by this node in the order of first sight.
CREATE TABLE series_key (
  key     integer PRIMARY KEY,
  id      text NOT NULL UNIQUE
);

CREATE TABLE observation (
  series integer NOT NULL,
  time   timestamptz NOT NULL,
  value  double precision,           -- null: known to be missing
  flag   smallint NOT NULL,          -- the flag that holds now
  entry  bigint NOT NULL,            -- journal entry that gave the value
  PRIMARY KEY (series, time)
);

-- Values that were revised, with the entry that gave them and the one that replaced them.
CREATE TABLE observation_superseded (
  series        integer NOT NULL,
  time          timestamptz NOT NULL,
  entry         bigint NOT NULL,
  superseded_by bigint NOT NULL,
  value         double precision,
  flag          smallint NOT NULL,
  PRIMARY KEY (series, time, entry)
);

-- Every judgement on a value, never erased. `entry` is the flagging's entry; the newest holds.
CREATE TABLE observation_flag (
  series integer NOT NULL,
  time   timestamptz NOT NULL,
  entry  bigint NOT NULL,
  flag   smallint NOT NULL,
  rule   text NOT NULL,
  PRIMARY KEY (series, time, entry)
);

-- What is kept about a series at write, so that no read has to count.
CREATE TABLE series_state (
  series      integer PRIMARY KEY,
  blocks      integer NOT NULL DEFAULT 0,
  flaggings   integer NOT NULL DEFAULT 0,
  rows        bigint NOT NULL DEFAULT 0,       -- stamps, missing ones too
  count       bigint NOT NULL DEFAULT 0,       -- present values
  revisions   bigint NOT NULL DEFAULT 0,
  suspect     bigint NOT NULL DEFAULT 0,       -- rows flagged suspect or bad now
  first_time  timestamptz,
  last_time   timestamptz,
  last_value  double precision,
  last_flag   smallint,
  minimum     double precision,
  maximum     double precision,
  last_entry  bigint,
  received_at timestamptz
);
