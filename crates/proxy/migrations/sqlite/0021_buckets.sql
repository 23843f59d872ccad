-- What is counted: a bucket is full again at that time, and one that is full has no row. No name in it could be read: whoever
-- is counted is a keyed hash.
CREATE TABLE buckets (
    studio      TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    full_at     INTEGER NOT NULL, -- Unix microseconds, of this machine's clock
    written_at  INTEGER NOT NULL, -- likewise: later than now is of a clock that was set back since
    PRIMARY KEY (studio, name)
) STRICT;
