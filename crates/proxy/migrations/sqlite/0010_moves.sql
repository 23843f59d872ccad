-- Moves of a booking to another time: each step is written before it is made. The new booking is the attempt of the same key.
CREATE TABLE moves (
    studio      TEXT    NOT NULL,
    customer_id INTEGER NOT NULL,
    key         TEXT    NOT NULL,
    old_id      INTEGER NOT NULL, -- the booking that is to go
    fingerprint TEXT    NOT NULL, -- of the wish for the new one
    state       TEXT    NOT NULL CHECK (state IN ('BOOKING', 'CANCELLING', 'MOVED', 'BOTH_STAND', 'NOT_MOVED')),
    failure     TEXT,             -- why the old one stands, as JSON
    changed_at  INTEGER NOT NULL,
    looked_at   INTEGER,          -- when it was last gone on with without being asked for
    PRIMARY KEY (studio, customer_id, key)
) STRICT;

CREATE INDEX moves_by_age ON moves (changed_at);
