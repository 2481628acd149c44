-- People of this node: never in the journal, never sent to another node. The columns are those better-auth 1.7 asks for.
CREATE TABLE person (
  id                 text PRIMARY KEY,
  name               text NOT NULL,
  email              text NOT NULL UNIQUE,
  "emailVerified"    boolean NOT NULL,
  image              text,
  "createdAt"        timestamptz NOT NULL DEFAULT now(),
  "updatedAt"        timestamptz NOT NULL DEFAULT now(),
  "twoFactorEnabled" boolean,
  disabled           boolean NOT NULL,
  -- Stands for the person in the journal.
  pseudonym          text NOT NULL UNIQUE
);

CREATE TABLE person_session (
  id          text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  token       text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId"    text NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  -- How it began: password, second-factor, passkey, oidc.
  method      text
);
CREATE INDEX "person_session_userId_idx" ON person_session ("userId");

CREATE TABLE person_account (
  id                      text PRIMARY KEY,
  "accountId"             text NOT NULL,
  "providerId"            text NOT NULL,
  "userId"                text NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  "accessToken"           text,
  "refreshToken"          text,
  "idToken"               text,
  "accessTokenExpiresAt"  timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope                   text,
  password                text,
  "createdAt"             timestamptz NOT NULL DEFAULT now(),
  "updatedAt"             timestamptz NOT NULL
);
CREATE INDEX "person_account_userId_idx" ON person_account ("userId");

CREATE TABLE person_verification (
  id          text PRIMARY KEY,
  identifier  text NOT NULL,
  value       text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX "person_verification_identifier_idx" ON person_verification (identifier);

CREATE TABLE person_two_factor (
  id                        text PRIMARY KEY,
  secret                    text NOT NULL,
  "backupCodes"             text NOT NULL,
  "userId"                  text NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  verified                  boolean,
  "failedVerificationCount" integer,
  "lockedUntil"             timestamptz
);
CREATE INDEX "person_two_factor_secret_idx" ON person_two_factor (secret);
CREATE INDEX "person_two_factor_userId_idx" ON person_two_factor ("userId");

CREATE TABLE person_passkey (
  id             text PRIMARY KEY,
  name           text,
  "publicKey"    text NOT NULL,
  "userId"       text NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  "credentialID" text NOT NULL,
  counter        integer NOT NULL,
  "deviceType"   text NOT NULL,
  "backedUp"     boolean NOT NULL,
  transports     text,
  "createdAt"    timestamptz,
  aaguid         text
);
CREATE INDEX "person_passkey_userId_idx" ON person_passkey ("userId");
CREATE INDEX "person_passkey_credentialID_idx" ON person_passkey ("credentialID");

-- `key` is a hash; `permissions` holds the duty; "referenceId" is the administrator who made it.
CREATE TABLE api_key (
  id                    text PRIMARY KEY,
  "configId"            text NOT NULL,
  name                  text,
  start                 text,
  "referenceId"         text NOT NULL,
  prefix                text,
  key                   text NOT NULL,
  "refillInterval"      integer,
  "refillAmount"        integer,
  "lastRefillAt"        timestamptz,
  enabled               boolean,
  "rateLimitEnabled"    boolean,
  "rateLimitTimeWindow" integer,
  "rateLimitMax"        integer,
  "requestCount"        integer,
  remaining             integer,
  "lastRequest"         timestamptz,
  "expiresAt"           timestamptz,
  "createdAt"           timestamptz NOT NULL,
  "updatedAt"           timestamptz NOT NULL,
  permissions           text,
  metadata              text
);
CREATE INDEX "api_key_configId_idx" ON api_key ("configId");
CREATE INDEX "api_key_referenceId_idx" ON api_key ("referenceId");
CREATE UNIQUE INDEX "api_key_key_idx" ON api_key (key);

-- Which roles a person holds. A role itself is a record; who holds it is known here alone.
CREATE TABLE person_role (
  person text NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  role   text NOT NULL,
  since  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (person, role)
);
