//! Date-times, and languages with their weights.

use booking::Lang;
use perfectgym::Moment;

use super::text;

/// A date-time is written byte for byte as it was read, and means what anybody else would read.
pub(super) fn date_time(bytes: &[u8]) {
    let text = text(bytes);
    let Ok(moment) = Moment::parse(text) else {
        return;
    };
    assert_eq!(moment.text(), text);
    assert!(text.is_ascii(), "no digit of another script is one");
    let json = serde_json::to_string(&moment).unwrap();
    let again = serde_json::from_str::<Moment>(&json).unwrap();
    assert_eq!(again.instant(), moment.instant());
    let bare = text.split('[').next().unwrap();
    if let Ok(known) = chrono::DateTime::parse_from_rfc3339(bare) {
        assert_eq!(moment.instant(), known.to_utc(), "what anybody else would read");
    }
    let local = moment.local().map(|local| local - moment.instant().naive_utc());
    let offset = moment.offset().map(|offset| i64::from(offset.local_minus_utc()));
    assert_eq!(local.map(|by| by.num_seconds()), offset);
}

/// A language is one of ours, and never one that was refused.
pub(super) fn language(bytes: &[u8]) {
    let text = text(bytes);
    let Some(lang) = Lang::from_accept_language(text) else {
        return;
    };
    assert!(text.to_ascii_lowercase().contains(lang.tag()));
    // Asked for alone, and not at weight 0.
    let refused = format!("{};q=0", lang.tag());
    assert_eq!(Lang::from_accept_language(&refused), None);
    assert_eq!(Lang::from_accept_language(lang.tag()), Some(lang));
}
