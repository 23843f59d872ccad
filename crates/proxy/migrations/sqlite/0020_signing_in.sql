-- Signing in. No address, name or digit that could be read: what is sealed opens with the sessions' key alone.

-- E-mails to sign in with that are under way.
CREATE TABLE codes (
    studio      TEXT    NOT NULL,
    id          TEXT    NOT NULL,
    sealed      TEXT    NOT NULL, -- address and digits
    tries_left  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL, -- Unix seconds
    PRIMARY KEY (studio, id)
) STRICT;

-- What may be used once.
CREATE TABLE used_once (
    studio      TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    expires_at  INTEGER NOT NULL,
    PRIMARY KEY (studio, name)
) STRICT;

-- Who signed out everywhere: sessions that began until then are over.
CREATE TABLE signed_out (
    studio      TEXT    NOT NULL,
    customer_id INTEGER NOT NULL,
    until_ms    INTEGER NOT NULL, -- Unix milliseconds
    PRIMARY KEY (studio, customer_id)
) STRICT;
