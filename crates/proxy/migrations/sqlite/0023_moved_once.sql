-- One booking is moved to one time: two tabs that moved the same one would leave two new ones.
-- Of those that were before this, the last counts; what they booked is in `attempts` all the same.
DELETE FROM moves WHERE state IN ('BOOKING', 'CANCELLING', 'MOVED') AND EXISTS (
    SELECT 1 FROM moves AS other
    WHERE other.studio = moves.studio AND other.customer_id = moves.customer_id AND other.old_id = moves.old_id
      AND other.state IN ('BOOKING', 'CANCELLING', 'MOVED')
      AND (other.changed_at > moves.changed_at OR (other.changed_at = moves.changed_at AND other.key > moves.key))
);

CREATE UNIQUE INDEX moves_once ON moves (studio, customer_id, old_id) WHERE state IN ('BOOKING', 'CANCELLING', 'MOVED');
