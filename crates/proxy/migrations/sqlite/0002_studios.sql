-- One process may serve several studios: what was there belongs to `main`. And what was sent is told apart from what
-- was only meant to be: an INTENT of before may have been sent.

CREATE TABLE attempts_of_studios (
    studio      TEXT    NOT NULL,
    customer_id INTEGER NOT NULL,
    key         TEXT    NOT NULL,
    wish        TEXT    NOT NULL, -- what was asked for, as JSON; '' where the key was made void before it arrived
    fingerprint TEXT,             -- of the wish: two of the same wish have the same
    title       TEXT,             -- what its booking would be called
    state       TEXT    NOT NULL CHECK (state IN ('INTENT', 'SENT', 'UNCERTAIN', 'FOLLOWS', 'BOOKED', 'REFUSED', 'NOT_BOOKED', 'VOID')),
    follows     TEXT,             -- the key of the open attempt at the same wish, where it waits for that one
    answer      TEXT,             -- the booking or the failure, as JSON
    booking_id  INTEGER,          -- the booking, where there is one
    changed_at  INTEGER NOT NULL, -- Unix seconds, as all times here
    looked_at   INTEGER,          -- when it was last looked up without being asked for
    told_at     INTEGER,          -- when the log said that it cannot be settled
    PRIMARY KEY (studio, customer_id, key)
) STRICT;

INSERT INTO attempts_of_studios (studio, customer_id, key, wish, title, state, answer, booking_id, changed_at)
SELECT 'main', customer_id, key, wish, title, CASE state WHEN 'INTENT' THEN 'SENT' ELSE state END, answer,
       CASE state WHEN 'BOOKED' THEN json_extract(answer, '$.bookingId') END, changed_at
FROM attempts;

DROP TABLE attempts;
ALTER TABLE attempts_of_studios RENAME TO attempts;

CREATE INDEX attempts_by_age ON attempts (changed_at);
CREATE INDEX attempts_by_booking ON attempts (studio, customer_id, booking_id);
CREATE UNIQUE INDEX one_open_attempt_a_wish ON attempts (studio, customer_id, fingerprint)
    WHERE state IN ('INTENT', 'SENT', 'UNCERTAIN');

CREATE TABLE remembered_of_studios (
    studio      TEXT    NOT NULL,
    booking_id  INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL,
    PRIMARY KEY (studio, booking_id)
) STRICT;

INSERT INTO remembered_of_studios SELECT 'main', booking_id, customer_id, ends_at FROM remembered;
DROP TABLE remembered;
ALTER TABLE remembered_of_studios RENAME TO remembered;
CREATE INDEX remembered_by_customer ON remembered (studio, customer_id, ends_at);

CREATE TABLE revoked_of_studios (
    studio      TEXT    NOT NULL,
    session_id  TEXT    NOT NULL,
    expires_at  INTEGER NOT NULL,
    PRIMARY KEY (studio, session_id)
) STRICT;

INSERT INTO revoked_of_studios SELECT 'main', session_id, expires_at FROM revoked_sessions;
DROP TABLE revoked_sessions;
ALTER TABLE revoked_of_studios RENAME TO revoked_sessions;
