//! Which ways of signing in are switched on, and whose hand-offs are believed.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use booking::kiosk::Media;
use jsonwebtoken::{Algorithm, DecodingKey};

use super::source::{ConfigError, Source, value_error, wrong};

/// The ways of signing in.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Customer number and birth date.
    pub by_number: bool,
    /// A mail with six digits and a link.
    pub by_email: bool,
    /// What members have with them, at kiosks alone.
    pub at_kiosks: Media,
    /// Tokens of the gym's own site, where it hands members over.
    pub hand_off: Option<HandOff>,
    /// Whether the demo studio's e-mails are written to the terminal, as there is nobody to send them to.
    pub demo_mail: bool,
}

/// Whose tokens are believed. Its `Debug` shows no key.
#[derive(Clone)]
pub struct HandOff {
    /// `iss`.
    pub issuer: String,
    /// `aud`: whom the token has to be meant for.
    pub audience: String,
    /// What signs, fixed here: a token is not asked.
    pub algorithm: Algorithm,
    /// What checks.
    pub key: DecodingKey,
}

impl fmt::Debug for HandOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HandOff({}, {:?})", self.issuer, self.algorithm)
    }
}

impl Identity {
    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let is_demo = from.text("upstream_url").is_none();
        let demo_mail = from.flag("demo_mail")? && is_demo;
        let can_mail = from.text("smtp_url").is_some() || demo_mail;
        let ways = from.text("sign_in").unwrap_or(usual(can_mail, is_demo));
        let mut identity = Self {
            by_number: false,
            by_email: false,
            at_kiosks: Media::default(),
            hand_off: HandOff::read(from)?,
            demo_mail,
        };
        for way in ways.split(',').map(str::trim).filter(|way| !way.is_empty()) {
            match way {
                "number" => identity.by_number = true,
                "email" if can_mail => identity.by_email = true,
                "card" => identity.at_kiosks.card = true,
                "barcode" => identity.at_kiosks.barcode = true,
                "pin" => identity.at_kiosks.pin = true,
                "email" => return Err(wrong("sign_in", "names email, and FRONTDESK_SMTP_URL is not set")),
                _ => {
                    return Err(value_error(
                        "sign_in",
                        ways,
                        "write number, email, and card, barcode, pin for kiosks; several with commas",
                    ));
                }
            }
        }
        Ok(identity)
    }
}

/// What is on where the operator says nothing. What is for kiosks only in the demo: nobody's card is anything there.
fn usual(can_mail: bool, is_demo: bool) -> &'static str {
    match (can_mail, is_demo) {
        (true, true) => "email, number, card, barcode, pin",
        (true, false) => "email, number",
        (false, true) => "number, card, barcode, pin",
        (false, false) => "number",
    }
}

impl HandOff {
    fn read(from: &Source) -> Result<Option<Self>, ConfigError> {
        let (issuer, key) = match (from.text("handoff_issuer"), from.text("handoff_key")) {
            (None, None) => return Ok(None),
            (Some(issuer), Some(key)) => (issuer, key),
            (Some(_), None) => {
                return Err(wrong(
                    "handoff_key",
                    "is missing, and FRONTDESK_HANDOFF_ISSUER is set",
                ));
            }
            (None, Some(_)) => {
                return Err(wrong(
                    "handoff_issuer",
                    "is missing, and FRONTDESK_HANDOFF_KEY is set",
                ));
            }
        };
        let (algorithm, key) = read_key(key).ok_or_else(|| {
            wrong(
                "handoff_key",
                "is neither an Ed25519 public key (PEM) nor 32 bytes or more in Base64",
            )
        })?;
        let audience = from.text("handoff_audience").or_else(|| first_origin(from));
        let needs = "is missing, and so is FRONTDESK_PUBLIC_ORIGIN; a token has to say for whom it is";
        Ok(Some(Self {
            issuer: issuer.to_owned(),
            audience: audience
                .ok_or_else(|| wrong("handoff_audience", needs))?
                .to_owned(),
            algorithm,
            key,
        }))
    }
}

fn first_origin(from: &Source) -> Option<&str> {
    let origins = from.text("public_origin")?;
    origins
        .split(',')
        .map(|one| one.trim().trim_end_matches('/'))
        .find(|one| !one.is_empty())
}

/// A public key says by its form that it is one, so none is ever taken for a shared secret.
fn read_key(text: &str) -> Option<(Algorithm, DecodingKey)> {
    if text.contains("-----BEGIN") {
        // In a file of variables line ends are often written so.
        let pem = text.replace("\\n", "\n");
        let public = pem.contains("-----BEGIN PUBLIC KEY-----");
        let key = DecodingKey::from_ed_pem(pem.as_bytes()).ok().filter(|_| public)?;
        return Some((Algorithm::EdDSA, key));
    }
    let text = text.trim();
    let bytes = STANDARD
        .decode(text)
        .or_else(|_| URL_SAFE_NO_PAD.decode(text))
        .ok()?;
    (bytes.len() >= 32).then(|| (Algorithm::HS256, DecodingKey::from_secret(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &str)]) -> Result<Identity, ConfigError> {
        let values = values
            .iter()
            .map(|(name, value)| (format!("FRONTDESK_{name}"), (*value).to_owned()));
        Identity::read(&Source::read(values, None).unwrap())
    }

    const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\\n-----END PUBLIC KEY-----";

    #[test]
    fn mail_is_a_way_once_it_is_configured_and_number_always_was() {
        let ways = |values: &[_]| read(values).map(|it| (it.by_number, it.by_email));
        assert_eq!(ways(&[]).unwrap(), (true, false));
        assert_eq!(ways(&[("SMTP_URL", "x")]).unwrap(), (true, true));
        assert_eq!(
            ways(&[("SMTP_URL", "x"), ("SIGN_IN", "email")]).unwrap(),
            (false, true)
        );
        assert_eq!(ways(&[("DEMO_MAIL", "true")]).unwrap(), (true, true));
        assert!(ways(&[("SIGN_IN", "email")]).is_err());
        assert!(ways(&[("SIGN_IN", "face")]).is_err());
    }

    #[test]
    fn what_is_for_kiosks_is_on_where_it_is_named_and_never_else() {
        let media = |values: &[_]| read(values).map(|it| it.at_kiosks).unwrap();
        let real = ("UPSTREAM_URL", "https://a.example");
        for none in [&[real][..], &[real, ("SMTP_URL", "x")], &[("SIGN_IN", "number")]] {
            assert_eq!(media(none), Media::default());
        }
        let all = Media {
            card: true,
            barcode: true,
            pin: true,
        };
        assert_eq!(
            (media(&[]), media(&[("DEMO_MAIL", "true")])),
            (all, all),
            "in the demo"
        );
        let named = media(&[("SIGN_IN", "number, pin ,card")]);
        assert!(named.pin && named.card && !named.barcode);
    }

    #[test]
    fn the_keys_form_says_what_signs() {
        let with = |key: &str| {
            let values = [
                ("HANDOFF_ISSUER", "iron"),
                ("HANDOFF_KEY", key),
                ("PUBLIC_ORIGIN", "https://a.example/"),
            ];
            read(&values).map(|it| it.hand_off.unwrap())
        };
        let by_secret = with(&STANDARD.encode([1; 32])).unwrap();
        assert_eq!(
            (by_secret.algorithm, by_secret.audience.as_str()),
            (Algorithm::HS256, "https://a.example")
        );
        assert_eq!(with(PUBLIC).unwrap().algorithm, Algorithm::EdDSA);
        for odd in [
            "short",
            &STANDARD.encode([1; 31]),
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN CERTIFICATE-----",
        ] {
            let error = with(odd).unwrap_err().to_string();
            assert!(
                error.contains("FRONTDESK_HANDOFF_KEY") && !error.contains(odd),
                "{error}"
            );
        }
    }

    #[test]
    fn a_hand_off_needs_an_issuer_a_key_and_an_audience() {
        let key = STANDARD.encode([1; 32]);
        assert!(read(&[("HANDOFF_ISSUER", "iron")]).is_err());
        assert!(read(&[("HANDOFF_KEY", &key)]).is_err());
        assert!(read(&[("HANDOFF_ISSUER", "iron"), ("HANDOFF_KEY", &key)]).is_err());
    }
}
