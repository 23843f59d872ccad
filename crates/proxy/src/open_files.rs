//! How many files and sockets the process may have open: connections of browsers must not use up those that the database
//! and the upstream need.

/// For the database, the upstream, and files of the app that are just being sent.
const OTHERS: u64 = 200;

/// Takes as many as that many connections need, as far as the system lets it, and says so where it does not.
#[cfg(unix)]
pub fn allow(connections: usize) {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let needed = u64::try_from(connections)
        .unwrap_or(u64::MAX)
        .saturating_add(OTHERS);
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|current| current >= needed) {
        return;
    }
    let most = limit.maximum.map_or(needed, |maximum| maximum.min(needed));
    limit.current = Some(most);
    if setrlimit(Resource::Nofile, limit).is_err() || most < needed {
        tracing::warn!(
            needed,
            most,
            "this process may open too few files for FRONTDESK_CONNECTIONS: raise its limit, or lower that"
        );
    }
}

/// Nothing to do.
#[cfg(not(unix))]
pub fn allow(_: usize) {}
