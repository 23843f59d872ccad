//! A crowd has numbers and birth dates to sign in with, and room; without one nothing of it is there.

use demo_studio::seed::crowd::{COACHING, OPEN_FLOOR};
use demo_studio::{Settings, crowd};
use perfectgym::*;

use crate::common::*;

async fn crowded() -> Tested {
    let settings = Settings {
        crowd: 20,
        ..Settings::default()
    };
    open(MONDAY, settings).await
}

#[tokio::test]
async fn each_of_the_crowd_is_found_by_number_and_was_born_on_a_day_of_their_own() {
    let studio = crowded().await;
    let mut born = Vec::new();
    for member in crowd(20) {
        let by = CustomerKey::Number(member.customer_number.to_string());
        let found = studio.ask(FindCustomer { by }).await.unwrap();
        assert_eq!(found.id, member.id);
        born.push(member.date_of_birth);
    }
    born.sort_unstable();
    born.dedup();
    assert_eq!(born.len(), 20);
}

#[tokio::test]
async fn the_open_floor_takes_them_all_and_a_coach_one_at_a_time() {
    let studio = crowded().await;
    let (all, floor) = (crowd(20), bookable(&studio, NORA, OPEN_FLOOR, "2026-12-02").await);
    for member in &all {
        studio.book(member.id, OPEN_FLOOR, &floor).await.unwrap();
    }
    let coach = bookable(&studio, NORA, COACHING, "2026-12-03").await;
    studio.book(all[0].id, COACHING, &coach).await.unwrap();
    studio.book(all[1].id, COACHING, &coach).await.unwrap_err();
    let standing = studio.studio.ledger().await.unwrap();
    let of_crowd = standing
        .iter()
        .filter(|row| all.iter().any(|m| m.id == row.customer));
    assert_eq!(of_crowd.count(), 21);
}

#[tokio::test]
async fn without_a_crowd_there_is_nothing_of_it() {
    let studio = open_at(MONDAY).await;
    let by = CustomerKey::Number("C-00001".into());
    assert!(studio.ask(FindCustomer { by }).await.is_err());
    studio
        .ask(GetBookableAppointment { id: OPEN_FLOOR })
        .await
        .unwrap_err();
}
