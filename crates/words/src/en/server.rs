//! Pages that the proxy draws by itself, and its e-mails.

use crate::server::{ByEmail, Embed, HandOff, Kiosk, Mail, ServerWords};

pub(crate) static SERVER: ServerWords = ServerWords {
    by_email: BY_EMAIL,
    mail: MAIL,
    hand_off: HAND_OFF,
    kiosk: KIOSK,
    embed: EMBED,
};

const BY_EMAIL: ByEmail = ByEmail {
    heading: "Sign in by e-mail",
    why: "We send you an e-mail to sign in with. No password needed.",
    email: "E-mail address",
    email_hint: "The one that the studio knows.",
    submit: "Send me an e-mail",
    email_invalid: "Enter a whole address, such as name@example.com.",
    by_number: "Sign in with your member number",
    back: "Back",
    sent_heading: "Look into your e-mail",
    sent_hint: "The e-mail has six digits for the field below.",
    digits: "Six digits",
    digits_hint: "Good for ten minutes. You can paste them.",
    digits_submit: "Sign in",
    digits_invalid: "Enter all six digits.",
    again: "Send another e-mail",
    used_up: "That was tried too often. You are not signed in.",
    expired: "These digits are no longer good. You are not signed in.",
    new_one: "Have a new e-mail sent to you.",
    late: "E-mails may not arrive just now.",
    late_text: "Is there none in five minutes? Ask the studio.",
    choose_heading: "Who are you?",
    choose_text: "Several people share this e-mail address.",
    former: "Former member",
    prospect: "Not a member yet",
    other_status: "Ask the studio about your membership",
    link_heading: "Sign in on this device",
    link_text: "Press the button, and you're signed in here.",
    link_submit: "Sign in here",
    link_gone: "This link is no longer good. You are not signed in.",
    link_gone_text: "It works once, for ten minutes. Have a new e-mail sent.",
    sent: |email| ["We've written to ", email, ", if the studio knows it."].concat(),
    wrong: |n| match n {
        1 => "Those aren't the digits. You have 1 try left.".to_owned(),
        n => [
            "Those aren't the digits. You have ",
            &n.to_string(),
            " tries left.",
        ]
        .concat(),
    },
    nameless: |n| ["Person ", n].concat(),
};

const MAIL: Mail = Mail {
    good_for: "They are good once, for ten minutes.",
    link_intro: "Or open this address, and press the button there:",
    link: "Sign in",
    not_asked: "You didn't ask for this? Then ignore this e-mail.",
    tell_nobody: "Tell nobody these digits. The studio never asks for them.",
    subject: |studio| ["Sign in: ", studio].concat(),
    intro: |studio| ["Your six digits to sign in (", studio, "):"].concat(),
};

const HAND_OFF: HandOff = HandOff {
    failed: "Signing in from the studio's site didn't work.",
    failed_text: "Go back there and try again, or sign in here.",
    heading: "Somebody else is signed in",
    somebody: "somebody without a name",
    text: |now, comes| {
        [
            "Signed in now: ",
            now,
            ". Coming from the studio's site: ",
            comes,
            ".",
        ]
        .concat()
    },
    go_on: |comes| ["Go on as ", comes].concat(),
    stay: |now| ["Stay signed in as ", now].concat(),
};

const KIOSK: Kiosk = Kiosk {
    heading: "Pair this device",
    why: "For staff: this device then stands in the studio, for all members.",
    ten: "Ten characters",
    ten_hint: "As the command showed them. They are good once, for ten minutes.",
    submit: "Pair",
    ten_invalid: "Enter all ten characters.",
    wrong: "These characters pair nothing.",
    wrong_text: "They may be used or over. Make new ones.",
    start: "To the start",
    paired: |name| ["This device is paired: ", name].concat(),
};

const EMBED: Embed = Embed {
    heading: "On your own website",
    why: "For whoever builds the gym's site: choose, see it, copy it.",
    service: "What members book",
    all_services: "Everything the studio offers",
    mode: "Where it stands",
    inline: "In the page",
    button: "Behind a button, in a window",
    theme: "Light or dark",
    as_the_device: "As the visitor's device",
    light: "Light",
    dark: "Dark",
    lang: "Language",
    as_the_visitor: "As the visitor's browser",
    brand: "Colour",
    brand_hint: "Six digits, such as 8a1c1c. Empty for the studio's own.",
    site: "Your site's address",
    site_hint: "To see whether it may show this, such as https://www.my-gym.com.",
    submit: "Show it",
    works_text: "Members can sign in and book there.",
    no_tls_text: "Browsers keep no sign-in in a frame without https.",
    not_named_text: "Add its address to FRONTDESK_FRAME_ANCESTORS.",
    no_address: "That's no address of a site.",
    no_address_text: "Write it with https:// and without a path.",
    nobody: "No site may show it yet. Visitors see the link.",
    nobody_text: "Set FRONTDESK_FRAME_ANCESTORS to your site's address.",
    preview: "How it looks",
    snippet: "To copy into your page",
    snippet_text: "Without scripts, the link in it leads to the studio's page.",
    book: "Book an appointment",
    works: |site| [site, " may show it."].concat(),
    no_tls: |site| [site, " may show it, but without signing in."].concat(),
    not_named: |site| [site, " may not show it. Visitors see the link."].concat(),
};
