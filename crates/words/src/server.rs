//! What is said on the pages that the proxy draws by itself, and in its e-mails. Apart from [`crate::Words`], so that the
//! browser's bundle does not carry it.

use perfectgym::CustomerStatus;

use crate::{Count, Two, With};

/// Everything of it, in one language.
#[derive(Debug)]
pub struct ServerWords {
    /// Signing in by e-mail.
    pub by_email: ByEmail,
    /// The e-mail.
    pub mail: Mail,
    /// Coming from the studio's own site.
    pub hand_off: HandOff,
    /// Making a device a kiosk.
    pub kiosk: Kiosk,
    /// Onto the gym's own site.
    pub embed: Embed,
}

crate::shape::sentences! {
    /// Signing in by e-mail. `sent` takes an address, `wrong` how many tries are left, `nameless` a number.
    #[derive(Debug)]
    ByEmail {
        heading why email email_hint submit email_invalid by_number back
        sent_heading sent_hint digits digits_hint digits_submit digits_invalid again
        used_up expired new_one late late_text
        choose_heading choose_text former prospect other_status
        link_heading link_text link_submit link_gone link_gone_text
    } { sent: With, wrong: Count, nameless: With }
}

impl ByEmail {
    /// What is to be known of somebody who is no member; nothing of a member.
    pub fn status(&self, status: &CustomerStatus) -> &'static str {
        match status {
            CustomerStatus::Member => "",
            CustomerStatus::Prospect => self.prospect,
            CustomerStatus::FormerMember => self.former,
            CustomerStatus::Unknown(_) => self.other_status,
        }
    }
}

crate::shape::sentences! {
    /// The e-mail. `subject` and `intro` take the studio.
    #[derive(Debug)]
    Mail {
        good_for link_intro link not_asked tell_nobody
    } { subject: With, intro: With }
}

crate::shape::sentences! {
    /// Coming from the studio's own site. `text` takes who is signed in and who comes; the others one of them.
    #[derive(Debug)]
    HandOff {
        failed failed_text heading somebody
    } { text: Two, go_on: With, stay: With }
}

crate::shape::sentences! {
    /// Making a device a kiosk. `paired` takes what staff call it.
    #[derive(Debug)]
    Kiosk {
        heading why ten ten_hint submit ten_invalid wrong wrong_text start
    } { paired: With }
}

crate::shape::sentences! {
    /// How the app comes onto the gym's own site: for whoever builds that. `works`, `no_tls` and `not_named` take the site.
    #[derive(Debug)]
    Embed {
        heading why service all_services mode inline button theme as_the_device light dark lang as_the_visitor
        brand brand_hint site site_hint submit works_text no_tls_text not_named_text
        no_address no_address_text nobody nobody_text preview snippet snippet_text book
    } { works: With, no_tls: With, not_named: With }
}
