-- What the proxies remember. No name, number, birth date or address: ids, times and answers of the upstream's.

-- Attempts to book: the intent is written before the upstream is called, the outcome after.
CREATE TABLE attempts (
    studio      TEXT   NOT NULL,
    customer_id BIGINT NOT NULL,
    key         TEXT   NOT NULL,
    wish        TEXT   NOT NULL, -- what was asked for, as JSON; '' where the key was made void before it arrived
    fingerprint TEXT,            -- of the wish: two of the same wish have the same
    title       TEXT,            -- what its booking would be called
    state       TEXT   NOT NULL CHECK (state IN ('INTENT', 'SENT', 'UNCERTAIN', 'FOLLOWS', 'BOOKED', 'REFUSED', 'NOT_BOOKED', 'VOID')),
    follows     TEXT,            -- the key of the open attempt at the same wish, where it waits for that one
    answer      TEXT,            -- the booking or the failure, as JSON
    booking_id  BIGINT,          -- the booking, where there is one
    changed_at  BIGINT NOT NULL, -- Unix seconds, as all times here
    looked_at   BIGINT,          -- when it was last looked up without being asked for
    told_at     BIGINT,          -- when the log said that it cannot be settled
    PRIMARY KEY (studio, customer_id, key)
);

CREATE INDEX attempts_by_age ON attempts (changed_at);
CREATE INDEX attempts_by_booking ON attempts (studio, customer_id, booking_id);
CREATE UNIQUE INDEX one_open_attempt_a_wish ON attempts (studio, customer_id, fingerprint)
    WHERE state IN ('INTENT', 'SENT', 'UNCERTAIN');

-- Bookings further ahead than the upstream's list reaches.
CREATE TABLE remembered (
    studio      TEXT   NOT NULL,
    booking_id  BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    PRIMARY KEY (studio, booking_id)
);

CREATE INDEX remembered_by_customer ON remembered (studio, customer_id, ends_at);

-- Sessions that were signed out of before their end.
CREATE TABLE revoked_sessions (
    studio      TEXT   NOT NULL,
    session_id  TEXT   NOT NULL,
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (studio, session_id)
);
