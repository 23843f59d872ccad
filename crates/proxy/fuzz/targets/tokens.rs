//! Tokens of the gym's own site. Nobody guesses a signature, so what is an object is signed before it is given in: that
//! reaches what stands behind the signature.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use frontdesk_proxy::config::{HandOff, Settings, Source};
use frontdesk_proxy::identity::named_by;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};

use super::text;

const SECRET: [u8; 32] = [42; 32];
const GYM: &str = "https://www.iron.example";
const US: &str = "https://book.iron.example";
/// All that is ever said of a token that is not taken: nothing of what is in it.
const SAID: [&str; 11] = [
    "the token is not believed: too long",
    "the token is not believed: its signature",
    "the token is not believed: its algorithm is not the one that is set",
    "the token is not believed: its audience",
    "the token is not believed: its issuer",
    "the token is not believed: it lacks aud, iss, sub, exp, iat or jti",
    "the token is not believed: it is no JWT",
    "the token is not believed: its jti is not 8 to 200 characters",
    "the token is not believed: its sub is no customer id as text",
    "the token's times are not those of a hand-off",
    "the token was used before",
];

static SITE: LazyLock<HandOff> = LazyLock::new(|| {
    let key = STANDARD.encode(SECRET);
    let set = [("ISSUER", GYM), ("AUDIENCE", US), ("KEY", key.as_str())];
    let set = set.map(|(name, value)| (format!("FRONTDESK_HANDOFF_{name}"), value.to_owned()));
    let settings = Settings::read(&Source::read(set, None).unwrap()).unwrap();
    settings.identity.hand_off.unwrap()
});

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn signed(claims: &str) -> String {
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let said = [encode(r#"{"alg":"HS256","typ":"JWT"}"#), encode(claims)].join(".");
    let signature = signature(&said);
    format!("{said}.{signature}")
}

fn signature(said: &str) -> String {
    let key = EncodingKey::from_secret(&SECRET);
    crypto::sign(said.as_bytes(), &key, Algorithm::HS256).unwrap()
}

/// A sound one, as it is sent.
pub(super) fn made() -> Vec<Vec<u8>> {
    let at = now().timestamp();
    let claims = json!({ "iss": GYM, "aud": US, "sub": "7", "iat": at, "exp": at + 60, "jti": "12345678" });
    let token = signed(&claims.to_string());
    assert!(named_by(&SITE, &token, now()).is_ok());
    vec![token.into_bytes()]
}

/// A token that is taken was signed by the gym, is for us and of now, and names a customer as we would write it.
pub(super) fn hand_off(bytes: &[u8]) {
    let text = text(bytes);
    let token = if text.starts_with('{') {
        signed(text)
    } else {
        text.to_owned()
    };
    let named = match named_by(&SITE, &token, now()) {
        Ok(named) => named,
        Err(error) => return assert!(SAID.contains(&error.to_string().as_str()), "{error}"),
    };
    let (said, by) = token.rsplit_once('.').unwrap();
    assert_eq!(signature(said), by, "signed again it is the same");
    let claims = URL_SAFE_NO_PAD.decode(said.split_once('.').unwrap().1).unwrap();
    // Of a name that stands there twice another reader may take the other.
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["iss"], GYM);
    assert!(
        claims["aud"] == US
            || claims["aud"]
                .as_array()
                .is_some_and(|all| all.contains(&json!(US)))
    );
    assert_eq!(claims["sub"], named.customer.to_string());
    assert_eq!(claims["jti"], named.token);
    assert!((8..=200).contains(&named.token.len()));
    let ends = claims["exp"].as_i64().unwrap() - now().timestamp();
    assert!((-30..=330).contains(&ends), "{ends}");
}
