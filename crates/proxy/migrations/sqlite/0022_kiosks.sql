-- Devices in a studio that members sign in at by card, barcode or PIN. Nothing of a member: a name that staff gave, and when.
CREATE TABLE kiosks (
    studio      TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    id          TEXT    NOT NULL, -- what the device's cookie says, sealed
    code_hash   TEXT,             -- SHA-256 of the code that pairs it, until it is used
    code_until  INTEGER NOT NULL, -- Unix seconds
    paired_at   INTEGER,
    revoked_at  INTEGER,
    PRIMARY KEY (studio, name)
) STRICT;

CREATE UNIQUE INDEX kiosks_by_id ON kiosks (studio, id);
CREATE UNIQUE INDEX kiosks_by_code ON kiosks (studio, code_hash);
