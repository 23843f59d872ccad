//! What whoever runs the studio learns of its kiosks.

use chrono::TimeDelta;
use frontdesk_proxy::config::LogForm;
use frontdesk_proxy::store::KioskState;
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;

use crate::kiosk::{all_on, card, noras_card, paired};
use crate::secrets::Log;
use crate::support::*;

const SESSION: &str = "/session/kiosk";

#[tokio::test]
async fn the_log_says_at_which_kiosk_how_much_was_wrong_since_somebody_was_recognised_and_not_what() {
    let log = Log::default();
    let lines = frontdesk_proxy::log::lines(LogForm::Json, EnvFilter::new("warn"), log.clone());
    let _heard = tracing::subscriber::set_default(lines);
    let stage = stage_with(all_on).await;
    let (desk, hall) = (paired(&stage, "Desk").await, paired(&stage, "Hall").await);
    let pin = json!({ "pin": { "customerNumber": "M-1005", "pin": "8118" } });
    for (kiosk, given) in [
        (&desk, card("5299999999")),
        (&desk, json!({ "barcode": "SB-nobodys" })),
        (&hall, card("5288888888")),
        (&desk, pin),
        (&desk, noras_card()),
        (&desk, card("5299999999")),
    ] {
        kiosk.post(SESSION, &given).await;
    }
    let told: Vec<Value> = log
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told = told.iter();
    let told: Vec<_> = told
        .filter(|line| line["message"] == "nobody was recognised at a kiosk")
        .map(|line| {
            [&line["kiosk"], &line["medium"], &line["wrong"]]
                .map(Value::to_string)
                .join(" ")
        })
        .collect();
    let wanted = [
        "\"Desk\" \"card\" 1",
        "\"Desk\" \"barcode\" 2",
        "\"Hall\" \"card\" 1",
        "\"Desk\" \"pin\" 3",
        "\"Desk\" \"card\" 1",
    ];
    assert_eq!(told, wanted);
    for secret in [
        "5299999999",
        "5288888888",
        "SB-nobodys",
        "8118",
        "M-1005",
        "5200000001",
        "Nora",
    ] {
        assert!(!log.text().contains(secret), "{secret} in {}", log.text());
    }
}

/// A number, a PIN, a card and a barcode of each member whom the guide names.
fn told() -> Vec<[String; 5]> {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/kiosk.md");
    let text = std::fs::read_to_string(guide).unwrap();
    let rows = text.lines().filter(|line| line.contains("| M-10"));
    let cells = |row: &str| {
        row.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    };
    rows.map(|row| Vec::<String>::try_into(cells(row)).unwrap())
        .collect()
}

#[tokio::test]
async fn in_the_demo_studio_everybody_signs_in_with_what_the_guide_says_they_have() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    let members = told();
    assert_eq!(members.len(), 10);
    for [name, number, pin, card_of, barcode] in members {
        for given in [
            card(&card_of),
            json!({ "barcode": barcode }),
            json!({ "pin": { "customerNumber": number, "pin": pin } }),
            json!({ "scan": card_of }),
            json!({ "scan": barcode }),
        ] {
            let answer = kiosk.post(SESSION, &given).await;
            assert_eq!(answer.json()["firstName"], *name, "{given}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn when_a_kiosk_was_last_seen_is_written_down_every_few_minutes() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    let store = stage.store().await;
    for (minutes, known) in [(0, 0), (4, 0), (1, 5), (4, 5), (1, 10)] {
        stage.later(TimeDelta::minutes(minutes));
        kiosk.get("/kiosk/free").await;
        let (_, state) = store.kiosks().await.unwrap().remove(0);
        let seen = Some(monday() + TimeDelta::minutes(known));
        assert_eq!(state, KioskState::Paired { at: monday(), seen });
    }
}
