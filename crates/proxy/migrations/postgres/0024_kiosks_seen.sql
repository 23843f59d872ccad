-- When a kiosk was last seen, in Unix seconds, to a few minutes: so that staff see which of them is out of order.
ALTER TABLE kiosks ADD COLUMN seen_at BIGINT;
