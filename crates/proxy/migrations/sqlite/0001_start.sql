-- What the proxy remembers. No name, number, birth date or address: ids, times and answers of the upstream's.

-- Attempts to book: the intent is written before the upstream is called, the outcome after.
CREATE TABLE attempts (
    customer_id INTEGER NOT NULL,
    key         TEXT    NOT NULL,
    wish        TEXT    NOT NULL, -- what was asked for, as JSON; '' where the key was made void before it arrived
    title       TEXT,             -- what its booking would be called
    state       TEXT    NOT NULL CHECK (state IN ('INTENT', 'BOOKED', 'REFUSED', 'NOT_BOOKED', 'UNCERTAIN', 'VOID')),
    answer      TEXT,             -- the booking or the failure, as JSON
    changed_at  INTEGER NOT NULL, -- Unix seconds, as all times here
    PRIMARY KEY (customer_id, key)
) STRICT;

CREATE INDEX attempts_by_age ON attempts (changed_at);

-- Bookings further ahead than the upstream's list reaches.
CREATE TABLE remembered (
    booking_id  INTEGER NOT NULL PRIMARY KEY,
    customer_id INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX remembered_by_customer ON remembered (customer_id, ends_at);

-- Sessions that were signed out of before their end.
CREATE TABLE revoked_sessions (
    session_id  TEXT    NOT NULL PRIMARY KEY,
    expires_at  INTEGER NOT NULL
) STRICT;
