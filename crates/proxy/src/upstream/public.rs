//! Which addresses are the open internet's. The upstream names hosts of pictures; none of them may be a machine of the
//! operator's own.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Whether a host that the upstream named may be asked at all: by https, and under a name that is not this machine's. A
/// bare address has no certificate worth the name, and is no studio's.
pub(super) fn may_be_asked(target: &Url) -> bool {
    let Some(Host::Domain(name)) = target.host() else {
        return false;
    };
    let name = name.trim_end_matches('.');
    let own = name == "localhost" || name.ends_with(".localhost");
    target.scheme() == "https" && !own && name.contains('.')
}

/// Whether an address is neither this machine's, nor a private network's, nor set aside for anything else.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// RFC 6890 and what came after it.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let set_aside = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast();
    let shared = a == 100 && (64..128).contains(&b);
    let tests = a == 198 && (b == 18 || b == 19);
    let protocols = (a, b, c) == (192, 0, 0);
    !(set_aside || shared || tests || protocols || a == 0 || a >= 240)
}

/// 2000::/3 is all that is given out; within it, what only wraps an IPv4 address counts as that one.
fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            is_public_v4((u32::from(high) << 16 | u32::from(low)).into())
        }
        [0x2001, 0x0db8 | 0x0000, ..] => false,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_operators_own_network_is_public() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "9.9.9.9",
            "172.32.0.1",
            "2620:fe::fe",
            "::ffff:9.9.9.9",
            "64:ff9b::909:909",
        ] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn only_a_name_on_https_is_asked() {
        let asked = |address: &str| may_be_asked(&Url::parse(address).unwrap());
        assert!(asked("https://pictures.example/7.png") && asked("https://pictures.example.:8443/7.png"));
        for not in [
            "http://pictures.example/7.png",
            "https://localhost/",
            "https://LocalHost./",
            "https://a.localhost/",
            "https://intranet/",
            "https://9.9.9.9/",
            "https://2130706433/",
            "https://[2620:fe::fe]/",
            "ftp://pictures.example/",
        ] {
            assert!(!asked(not), "{not}");
        }
    }
}
