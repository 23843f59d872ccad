//! Pages that the proxy draws by itself, and its e-mails.

use crate::server::{ByEmail, HandOff, Kiosk, Mail, ServerWords};

pub(crate) static SERVER: ServerWords = ServerWords {
    by_email: BY_EMAIL,
    mail: MAIL,
    hand_off: HAND_OFF,
    kiosk: KIOSK,
};

const BY_EMAIL: ByEmail = ByEmail {
    heading: "Per E-Mail anmelden",
    why: "Wir schicken dir eine E-Mail zum Anmelden. Ganz ohne Passwort.",
    email: "E-Mail-Adresse",
    email_hint: "Die, die das Studio von dir hat.",
    submit: "E-Mail schicken",
    email_invalid: "Gib eine ganze Adresse ein, etwa name@example.com.",
    by_number: "Mit Mitgliedsnummer anmelden",
    back: "Zurück",
    sent_heading: "Sieh in deine E-Mails",
    sent_hint: "In der E-Mail stehen sechs Ziffern für das Feld unten.",
    digits: "Sechs Ziffern",
    digits_hint: "Zehn Minuten gültig. Du kannst sie einfügen.",
    digits_submit: "Anmelden",
    digits_invalid: "Gib alle sechs Ziffern ein.",
    again: "Neue E-Mail schicken",
    used_up: "Das wurde zu oft versucht. Du bist nicht angemeldet.",
    expired: "Diese Ziffern gelten nicht mehr. Du bist nicht angemeldet.",
    new_one: "Lass dir eine neue E-Mail schicken.",
    late: "E-Mails kommen gerade vielleicht nicht an.",
    late_text: "Nach fünf Minuten noch keine da? Frag das Studio.",
    choose_heading: "Wer bist du?",
    choose_text: "Mehrere Personen teilen sich diese E-Mail-Adresse.",
    former: "Ehemaliges Mitglied",
    prospect: "Noch kein Mitglied",
    other_status: "Frag das Studio nach deiner Mitgliedschaft",
    link_heading: "Auf diesem Gerät anmelden",
    link_text: "Drück den Knopf, dann bist du hier angemeldet.",
    link_submit: "Hier anmelden",
    link_gone: "Dieser Link gilt nicht mehr. Du bist nicht angemeldet.",
    link_gone_text: "Er geht einmal, zehn Minuten lang. Lass dir eine neue E-Mail schicken.",
    sent: |email| ["Kennt das Studio ", email, ", ist eine E-Mail unterwegs."].concat(),
    wrong: |n| match n {
        1 => "Das sind nicht die Ziffern. Du hast noch 1 Versuch.".to_owned(),
        n => [
            "Das sind nicht die Ziffern. Du hast noch ",
            &n.to_string(),
            " Versuche.",
        ]
        .concat(),
    },
    nameless: |n| ["Person Nr. ", n].concat(),
};

const MAIL: Mail = Mail {
    good_for: "Sie gelten einmal, zehn Minuten lang.",
    link_intro: "Oder öffne diese Adresse, und drück dort den Knopf:",
    link: "Anmelden",
    not_asked: "Du wolltest das nicht? Dann vergiss diese E-Mail einfach.",
    tell_nobody: "Sag die Ziffern niemandem. Das Studio fragt nie danach.",
    subject: |studio| ["Anmelden: ", studio].concat(),
    intro: |studio| ["Deine sechs Ziffern zum Anmelden (", studio, "):"].concat(),
};

const HAND_OFF: HandOff = HandOff {
    failed: "Das Anmelden über die Seite des Studios ging nicht.",
    failed_text: "Versuch es dort noch einmal, oder melde dich hier an.",
    heading: "Jemand anders ist angemeldet",
    somebody: "jemand ohne Namen",
    text: |now, comes| {
        [
            "Angemeldet ist ",
            now,
            ". Von der Seite des Studios kommt ",
            comes,
            ".",
        ]
        .concat()
    },
    go_on: |comes| ["Weiter als ", comes].concat(),
    stay: |now| ["Angemeldet bleiben als ", now].concat(),
};

const KIOSK: Kiosk = Kiosk {
    heading: "Dieses Gerät koppeln",
    why: "Für das Team: Das Gerät steht dann im Studio, für alle Mitglieder.",
    ten: "Zehn Zeichen",
    ten_hint: "Wie der Befehl sie gezeigt hat. Sie gelten einmal, zehn Minuten lang.",
    submit: "Koppeln",
    ten_invalid: "Gib alle zehn Zeichen ein.",
    wrong: "Mit diesen Zeichen lässt sich nichts koppeln.",
    wrong_text: "Vielleicht sind sie benutzt oder abgelaufen. Erzeuge neue.",
    start: "Zum Anfang",
    paired: |name| ["Dieses Gerät ist gekoppelt: ", name].concat(),
};
