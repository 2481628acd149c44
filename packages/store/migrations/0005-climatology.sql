-- Derived figures kept for quick reading; can be made anew at any time.
CREATE TABLE climatology (
  series      integer PRIMARY KEY,
  made_at     timestamptz NOT NULL,
  rows        bigint NOT NULL,       -- rows of the series when it was made
  years       integer NOT NULL,
  percentiles double precision[] NOT NULL,
  -- 366 x percentiles, row by row; NaN where too few values
  days        double precision[] NOT NULL
);
CREATE TABLE house (
  name  text PRIMARY KEY,
  value jsonb NOT NULL
);
