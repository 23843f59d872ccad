//! Each studio's own share of the session key: a cookie of one studio opens nothing at another.

use sha2::{Digest as _, Sha256};

use crate::config::StudioName;

/// Says what a hash is for, so that none of another purpose is the same.
const PURPOSE: &[u8] = b"frontdesk key of a studio 1\0";

/// What seals a studio's sessions. The one studio of a proxy without others seals with the key itself: whoever adds a
/// second one and calls the first `main` signs nobody out.
pub(crate) fn key_of_studio(key: &[u8; 32], studio: &StudioName) -> [u8; 32] {
    if studio.is_main() {
        return *key;
    }
    let hash = Sha256::new().chain_update(PURPOSE).chain_update(key);
    hash.chain_update(studio.as_str()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_studio_has_a_key_and_the_only_one_has_the_key_itself() {
        let key = [7; 32];
        let of = |name: &str| key_of_studio(&key, &name.parse().unwrap());
        assert_eq!(of("main"), key);
        assert!(of("north") != key && of("north") != of("south"));
        assert_ne!(of("north"), key_of_studio(&[8; 32], &"north".parse().unwrap()));
    }
}
