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

const EMBED: Embed = Embed {
    heading: "Auf eurer eigenen Website",
    why: "Für alle, die die Website bauen: auswählen, ansehen, kopieren.",
    service: "Was Mitglieder buchen",
    all_services: "Alles, was das Studio anbietet",
    mode: "Wo es steht",
    inline: "In der Seite",
    button: "Hinter einem Knopf, in einem Fenster",
    theme: "Hell oder dunkel",
    as_the_device: "Wie das Gerät des Besuchs",
    light: "Hell",
    dark: "Dunkel",
    lang: "Sprache",
    as_the_visitor: "Wie der Browser des Besuchs",
    brand: "Farbe",
    brand_hint: "Sechs Ziffern, etwa 8a1c1c. Leer für die des Studios.",
    site: "Adresse eurer Website",
    site_hint: "Um zu sehen, ob sie es zeigen darf, etwa https://www.mein-gym.de.",
    submit: "Zeigen",
    works_text: "Mitglieder können sich dort anmelden und buchen.",
    no_tls_text: "Ohne https behalten Browser in einem Rahmen keine Anmeldung.",
    not_named_text: "Nimm sie in FRONTDESK_FRAME_ANCESTORS auf.",
    no_address: "Das ist keine Adresse einer Website.",
    no_address_text: "Schreib sie mit https:// und ohne Pfad.",
    nobody: "Noch darf keine Website es zeigen. Zu sehen ist der Link.",
    nobody_text: "Setz FRONTDESK_FRAME_ANCESTORS auf die Adresse eurer Website.",
    preview: "So sieht es aus",
    snippet: "Zum Kopieren in eure Seite",
    snippet_text: "Ohne Skripte führt der Link darin zur Seite des Studios.",
    book: "Termin buchen",
    works: |site| [site, " darf es zeigen."].concat(),
    no_tls: |site| [site, " darf es zeigen, nur ohne Anmeldung."].concat(),
    not_named: |site| [site, " darf es nicht zeigen. Zu sehen ist der Link."].concat(),
};
