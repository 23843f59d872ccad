//! QR codes: read back as a phone's camera reads them.

use crate::kiosk::{all_on, card, noras_card, paired};
use crate::support::*;

/// Pixels of a module.
const SCALE: usize = 4;

/// What a code says. Reads the picture as it is drawn: a square of white, and rectangles of dark modules.
fn read(svg: &str) -> String {
    let between = |text: &str, begins: &str, ends: &str| {
        let (_, after) = text.split_once(begins).unwrap();
        after.split_once(ends).unwrap().0.to_owned()
    };
    let size: usize = between(svg, "viewBox=\"0 0 ", " ").parse().unwrap();
    assert!(svg.contains(&format!("<path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/>")));
    let mut dark = vec![false; size * size];
    for run in between(svg, "fill=\"#000\" d=\"M", "\"").split('M') {
        let (at, rest) = run.split_once('h').unwrap();
        let (x, y) = at.split_once(' ').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        let length: usize = rest.split('v').next().unwrap().parse().unwrap();
        dark[y * size + x..y * size + x + length].fill(true);
    }
    for edge in 0..size {
        for quiet in 0..4 {
            assert!(
                !dark[quiet * size + edge] && !dark[edge * size + quiet],
                "four modules of white"
            );
        }
    }
    let pixel = |x: usize, y: usize| {
        if dark[y / SCALE * size + x / SCALE] {
            0
        } else {
            255
        }
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(size * SCALE, size * SCALE, pixel);
    let codes = image.detect_grids();
    assert_eq!(codes.len(), 1);
    codes[0].decode().unwrap().1
}

async fn says(browser: &Browser, address: &str) -> String {
    let answer = browser.get(address).await;
    assert_eq!(
        (
            answer.status,
            answer.header("content-type"),
            answer.header("cache-control")
        ),
        (200, "image/svg+xml", "no-store"),
        "{}",
        answer.text
    );
    read(&answer.text)
}

#[tokio::test]
async fn a_phone_is_led_to_the_same_choice_at_the_address_that_members_know() {
    let stage = stage().await;
    let kiosk = paired(&stage, "Desk").await;
    let to = "/services/1220000101?day=2026-11-26&q=R\u{fc}cken";
    let shown = booking::Route::parse(to).format();
    let address = booking::kiosk::qr_address(to);
    assert_eq!(says(&kiosk, &address).await, format!("{}{shown}", kiosk.origin()));
    let stage = stage
        .restarted_with(|settings| {
            let set = [(
                "FRONTDESK_PUBLIC_ORIGIN".to_owned(),
                "https://book.iron.example, http://192.168.1.5:8080".to_owned(),
            )];
            let source = frontdesk_proxy::config::Source::read(set, None).unwrap();
            settings.server.origins = frontdesk_proxy::config::Settings::read(&source)
                .unwrap()
                .server
                .origins;
        })
        .await;
    let inside = stage.browser();
    inside
        .cookies
        .lock()
        .unwrap()
        .extend(kiosk.cookies.lock().unwrap().clone());
    // The kiosk itself is asked for by an address that no phone outside knows.
    let code = inside
        .send("GET", &address, &[("frontdesk-place", "kiosk")], None)
        .await;
    assert_eq!(read(&code.text), format!("https://book.iron.example{shown}"));
}

#[tokio::test]
async fn a_code_leads_to_no_other_site_and_to_nothing_but_screens() {
    let stage = stage().await;
    let kiosk = paired(&stage, "Desk").await;
    for evil in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "@evil.example/",
        ".evil.example/",
        "/kiosk",
        "/session/kiosk",
        "/services/x",
    ] {
        let answer = kiosk.get(&booking::kiosk::qr_address(evil)).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (400, "BAD_REQUEST"),
            "{evil}"
        );
        assert!(!answer.text.contains("evil"));
    }
    assert_eq!(kiosk.get("/kiosk/qr.svg").await.status, 400);
    let long = format!("/services/7?q={}", "x".repeat(3000));
    assert_eq!(kiosk.get(&booking::kiosk::qr_address(&long)).await.status, 400);
    let hidden = "/sign-in?next=https://evil.example/";
    let said = says(&kiosk, &booking::kiosk::qr_address(hidden)).await;
    assert_eq!(said, format!("{}/sign-in", kiosk.origin()));
    let phone = stage.browser().get(&booking::kiosk::qr_address("/")).await;
    assert_eq!(phone.status, 404);
}

#[tokio::test]
async fn a_booking_is_taken_along_by_its_member_alone_with_all_that_a_calendar_needs() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    kiosk.post("/session/kiosk", &noras_card()).await;
    let wish = kiosk.wish(TRAINING, "2026-11-26").await;
    let booked = kiosk.book("0123456789abcdef", &wish).await.json();
    let id = booked["bookingId"].as_i64().unwrap();
    let address = booking::kiosk::calendar_qr_address(perfectgym::BookingId(id));
    let said = says(&kiosk, &address).await;
    let file = kiosk.get(&format!("/bookings/{id}/calendar.ics")).await.text;
    let lines: Vec<&str> = said.split("\r\n").collect();
    assert_eq!((lines[0], lines.last()), ("BEGIN:VEVENT", Some(&"END:VEVENT")));
    for name in ["UID:", "DTSTART:", "DTEND:", "SUMMARY:"] {
        let line = lines.iter().find(|line| line.starts_with(name)).unwrap();
        assert!(file.contains(line), "{line} in {file}");
    }
    assert!(!said.contains("Nora"));
    // On the member's own phone as well; and to nobody else.
    assert_eq!(says(&stage.signed_in(NORA).await, &address).await, said);
    assert_eq!(stage.browser().get(&address).await.status, 401);
    kiosk.post("/session/kiosk", &card("5200000005")).await;
    assert_eq!(kiosk.get(&address).await.status, 404);
    kiosk.post("/session/kiosk", &noras_card()).await;
    assert_eq!(kiosk.delete(&format!("{BOOKINGS}/{id}")).await.status, 200);
    assert_eq!(kiosk.get(&address).await.status, 404, "nobody is to come");
}
