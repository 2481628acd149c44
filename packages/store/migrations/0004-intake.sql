-- Loads, their notices, and answers kept for repeated requests. Working tables: no part of the journal.
CREATE TABLE load (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL,
  door       text NOT NULL,
  author     text NOT NULL,
  state      text NOT NULL,
  asked_at   timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  ended_at   timestamptz,
  bytes      bigint NOT NULL DEFAULT 0,
  bytes_read bigint NOT NULL DEFAULT 0,
  counts     jsonb NOT NULL DEFAULT '{"read":0,"stored":0,"unchanged":0,"revised":0,"refused":0,"notices":{}}',
  request    jsonb NOT NULL DEFAULT '{}',
  problem    text
);
CREATE TABLE load_notice (
  load    bigint NOT NULL,
  number  integer NOT NULL,
  code    text NOT NULL,
  file    text,
  line    integer,
  place   text,
  series  text,
  read    text,
  expected text,
  refused integer NOT NULL DEFAULT 0,
  at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (load, number)
);
CREATE TABLE idempotency (
  actor   text NOT NULL,
  key     text NOT NULL,
  request bytea NOT NULL,
  answer  jsonb NOT NULL,
  at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor, key)
);
