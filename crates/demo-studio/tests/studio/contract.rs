//! The eight operations and the look-ups as the contract has them: keys, scopes, bounds, forms, errors.

use crate::common::*;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use demo_studio::{DEMO_KEY, Settings};
use perfectgym::*;

async fn all_services(studio: &Tested, size: i32) -> Vec<BookableAppointment> {
    let (mut services, mut offset) = (Vec::new(), None);
    loop {
        let slice_size = Some(SliceSize::new(size).unwrap());
        let slice = studio
            .ask(ListBookableAppointments { offset, slice_size })
            .await
            .unwrap();
        services.extend(slice.result.items);
        if !slice.has_next {
            return services;
        }
        offset = Some(slice.offset);
    }
}

#[tokio::test]
async fn slices_give_every_service_once() {
    let studio = open_at(MONDAY).await;
    let services = all_services(&studio, 10).await;
    assert_eq!(services, all_services(&studio, 100).await);
    assert!(services.len() >= 14);
    let categories: std::collections::BTreeSet<_> =
        services.iter().filter_map(|s| s.category.clone()).collect();
    assert_eq!(categories.len(), 4);
    assert!(
        services.iter().any(|s| s.id.0 > 1 << 53),
        "one id is beyond a double"
    );
    assert!(
        services
            .iter()
            .any(|s| s.img_url.is_none() && s.description.is_none())
    );
    for service in &services {
        assert_eq!(
            &studio
                .ask(GetBookableAppointment { id: service.id })
                .await
                .unwrap(),
            service
        );
    }
}

#[tokio::test]
async fn each_picture_is_served_without_a_key() {
    let settings = Settings {
        public_url: Some("http://studio.example".to_owned()),
        ..Settings::default()
    };
    let studio = open(MONDAY, settings).await;
    for url in all_services(&studio, 100)
        .await
        .into_iter()
        .filter_map(|s| s.img_url)
    {
        let path = url.strip_prefix("http://studio.example").unwrap().to_owned();
        let (status, drawing) = studio.raw(Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::OK);
        assert!(drawing.contains("<svg"));
    }
    let (status, _) = studio.get("/pictures/../Cargo.toml").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_three_forms_of_date_time_and_each_goes_back_as_it_came() {
    let forms = [
        (MomentForm::Utc, "Z"),
        (MomentForm::Offset, ".000+01:00"),
        (MomentForm::Zoned, ".000+01:00[Europe/Berlin]"),
    ];
    for (form, ending) in forms {
        let studio = open(
            MONDAY,
            Settings {
                form,
                ..Settings::default()
            },
        )
        .await;
        let slot = bookable(&studio, NORA, TRAINING, "2026-12-01").await;
        assert!(slot.start_date_time.text().ends_with(ending), "{slot:?}");
        let booking = studio.book(NORA, TRAINING, &slot).await.unwrap();
        assert_eq!(booking.start_date_time.text(), slot.start_date_time.text());
    }
}

/// The documentation's own mix: slots with their zone, bookings in UTC.
#[tokio::test]
async fn bookings_may_be_written_otherwise_than_slots() {
    let studio = open(
        MONDAY,
        Settings {
            booking_form: Some(MomentForm::Utc),
            ..Settings::default()
        },
    )
    .await;
    let slot = bookable(&studio, NORA, TRAINING, "2026-12-01").await;
    assert!(slot.start_date_time.text().ends_with("+01:00[Europe/Berlin]"));
    let booked = studio.book(NORA, TRAINING, &slot).await.unwrap();
    let read = studio
        .ask(GetBooking {
            id: booked.booking_id,
        })
        .await
        .unwrap();
    let listed = studio.bookings(NORA).await.remove(0);
    for told in [&booked, &read.booking, &listed] {
        assert!(told.start_date_time.text().ends_with(":00Z"), "{told:?}");
        assert_eq!(told.start_date_time.instant(), slot.start_date_time.instant());
    }
}

#[tokio::test]
async fn another_zone_is_another_wall_clock() {
    let zone = chrono_tz::America::New_York;
    let studio = open(
        MONDAY,
        Settings {
            zone,
            strangers: false,
            ..Settings::default()
        },
    )
    .await;
    let first = studio.slots_of_day(SAUNA, "2026-12-01").await.remove(0);
    assert_eq!(
        first.start_date_time.text(),
        "2026-12-01T07:00:00.000-05:00[America/New_York]"
    );
}

/// The days on which the body scan can be had, from today on.
async fn days_of_body_scan(studio: &Tested, ahead: Option<i32>) -> Vec<String> {
    let wanted = ListSlots {
        id: BODY_SCAN,
        customer_id: Some(NORA),
        days_ahead: ahead.map(|days| DaysAhead::new(days).unwrap()),
        slot_window_start_date: None,
    };
    let slots = studio.ask(wanted).await.unwrap().items;
    let mut days: Vec<_> = slots
        .iter()
        .map(|slot| slot.start_date_time.text()[..10].to_owned())
        .collect();
    days.dedup();
    days
}

#[tokio::test]
async fn a_window_is_as_many_days_as_it_says() {
    let studio = open_at(MONDAY).await;
    assert_eq!(days_of_body_scan(&studio, None).await, ["2026-11-30"]);
    let three = ["2026-11-30", "2026-12-01", "2026-12-02"];
    assert_eq!(days_of_body_scan(&studio, Some(3)).await, three);
}

#[tokio::test]
async fn what_is_out_of_bounds_or_unreadable_is_400_with_a_body() {
    let studio = open_at(MONDAY).await;
    let slots = format!("/v1/appointments/bookable/{BODY_SCAN}/slots");
    let targets = [
        "/v1/appointments/bookable?sliceSize=9".to_owned(),
        "/v1/appointments/bookable?sliceSize=101".to_owned(),
        "/v1/appointments/bookable?sliceSize=ten".to_owned(),
        "/v1/appointments/bookable?offset=first".to_owned(),
        "/v1/appointments/bookable/one".to_owned(),
        format!("{slots}?daysAhead=0"),
        format!("{slots}?daysAhead=7"),
        format!("{slots}?daysAhead=1.5"),
        format!("{slots}?slotWindowStartDate=2026-2-3"),
        format!("{slots}?slotWindowStartDate=tomorrow"),
        format!("{slots}?slotWindowStartDate=%2B12345-01-01"),
        format!("{slots}?slotWindowStartDate=%2B262142-12-31&daysAhead=6"),
        format!("{slots}?slotWindowStartDate=-262143-01-01"),
        format!("{slots}?slotWindowStartDate=-0001-01-01"),
        format!("{slots}?slotWindowStartDate=0000-01-01"),
        format!("{slots}?slotWindowStartDate=1899-12-31"),
        format!("{slots}?slotWindowStartDate=9999-12-31"),
        format!("{slots}?slotWindowStartDate=%202026-12-01"),
        format!("{slots}?customerId=me"),
        "/v1/appointments/booking".to_owned(),
        "/v1/appointments/booking/99999999999999999999".to_owned(),
        "/v1/customers/by".to_owned(),
        "/v1/customers/by?cardNumber=5200000001&cardNumberFormat=NONSENSE".to_owned(),
        "/v1/customers/by?cardNumber=5200000001&cardNumberFormat=decimal".to_owned(),
    ];
    for target in targets {
        let (status, text) = studio.get(&target).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{target}");
        let body: ErrorBody = serde_json::from_str(&text).unwrap();
        assert!(
            body.error_message.is_some() && body.error_code.is_some() && body.trace_id.is_some(),
            "{target}"
        );
    }
}

#[tokio::test]
async fn the_first_and_the_last_day_that_can_be_asked_for_have_an_answer() {
    let studio = open_at(MONDAY).await;
    for day in ["1900-01-01", "9998-12-31"] {
        let window = format!("slotWindowStartDate={day}&daysAhead=6");
        let slots = format!("/v1/appointments/bookable/{FLOATING}/slots?{window}");
        assert_eq!(studio.get(&slots).await.0, StatusCode::OK, "{day}");
    }
}

#[tokio::test]
async fn a_card_is_found_in_each_format_that_the_contract_has() {
    let studio = open_at(MONDAY).await;
    for format in ["", "&cardNumberFormat=DECIMAL"] {
        let target = format!("/v1/customers/by?cardNumber=5200000001{format}");
        let (status, found) = studio.get(&target).await;
        assert_eq!(status, StatusCode::OK, "{target}");
        assert!(found.contains("M-1001"), "{found}");
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_400() {
    let studio = open_at(MONDAY).await;
    for path in [
        Book::<BookingRequest>::PATH,
        ValidateBooking::<BookingRequest>::PATH,
        SearchCustomers::PATH,
    ] {
        for body in ["", "[", "{\"customerId\":\"me\",\"dateOfBirth\":7}"] {
            let request = Request::post(path)
                .header(API_KEY_HEADER, DEMO_KEY)
                .body(Body::from(body))
                .unwrap();
            assert_eq!(
                studio.raw(request).await.0,
                StatusCode::BAD_REQUEST,
                "{path} {body}"
            );
        }
    }
}

#[tokio::test]
async fn unknown_ids_and_paths_are_404_with_a_body() {
    let studio = open_at(MONDAY).await;
    let targets = [
        "/v1/appointments/bookable/77",
        "/v1/appointments/bookable/77/slots",
        "/v1/appointments/bookable/1220000101/slots?customerId=77",
        "/v1/appointments/booking/77",
        "/v1/appointments/booking?customerId=77",
        "/v1/customers/77",
        "/v1/customers/by?customerNumber=77",
        "/v1/studios/information",
        "/",
    ];
    for target in targets {
        let (status, text) = studio.get(target).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{target}");
        assert!(
            serde_json::from_str::<ErrorBody>(&text)
                .unwrap()
                .error_message
                .is_some()
        );
    }
    let gone = studio.ask(DeleteBooking { id: BookingId(77) }).await.unwrap_err();
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_key_opens_what_its_scopes_say() {
    let studio = open_at(MONDAY).await;
    let (read, catalogue) = (format!("{DEMO_KEY}-read"), format!("{DEMO_KEY}-catalogue"));
    let none = format!("{DEMO_KEY}-no-customers");
    let status = |refused: Refusal| (refused.status, refused.body.args);
    let services = ListBookableAppointments {
        offset: None,
        slice_size: None,
    };
    assert!(studio.ask_with(&catalogue, services.clone()).await.is_ok());
    let wrong = studio.ask_with("guess", services).await.map(drop).unwrap_err();
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let mine = ListBookings { customer_id: NORA };
    let refused = studio.ask_with(&catalogue, mine).await.unwrap_err();
    assert_eq!(
        status(refused),
        (StatusCode::FORBIDDEN, vec!["APPOINTMENTS_READ".to_owned()])
    );
    let refused = studio
        .ask_with(&read, DeleteBooking { id: BookingId(1) })
        .await
        .unwrap_err();
    assert_eq!(
        status(refused),
        (StatusCode::FORBIDDEN, vec!["APPOINTMENTS_WRITE".to_owned()])
    );
    let refused = studio
        .ask_with(&none, GetCustomer { id: NORA })
        .await
        .map(drop)
        .unwrap_err();
    assert_eq!(
        status(refused),
        (StatusCode::FORBIDDEN, vec!["CUSTOMER_READ".to_owned()])
    );
}

#[tokio::test]
async fn head_on_any_path_checks_the_key_alone() {
    let studio = open_at(MONDAY).await;
    for path in ["/", "/v1/appointments/bookable", "/nowhere"] {
        let head = |key: &str| {
            Request::head(path)
                .header(API_KEY_HEADER, key)
                .body(Body::empty())
                .unwrap()
        };
        assert_eq!(studio.raw(head(DEMO_KEY)).await.0, StatusCode::OK);
        assert_eq!(studio.raw(head("guess")).await.0, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn errors_speak_the_language_that_was_asked_for() {
    let studio = open_at(MONDAY).await;
    let message = |accepted: &'static str| {
        let request = Request::get("/v1/appointments/booking/77").header(API_KEY_HEADER, DEMO_KEY);
        request
            .header("accept-language", accepted)
            .body(Body::empty())
            .unwrap()
    };
    let (_, german) = studio.raw(message("de-DE,de;q=0.9")).await;
    let (_, english) = studio.raw(message("fr")).await;
    assert!(german.contains("gibt es nichts"), "{german}");
    assert!(english.contains("nothing with this id"), "{english}");
}

#[tokio::test]
async fn customers_are_found_by_what_they_know_and_come_whole() {
    let studio = open_at(MONDAY).await;
    for member in demo_studio::members() {
        let by = CustomerKey::Number(member.customer_number.into_owned());
        let found = studio.ask(FindCustomer { by }).await.unwrap();
        assert_eq!(
            (found.id, found.date_of_birth),
            (member.id, Some(member.date_of_birth))
        );
        assert!(studio.ask(GetCustomer { id: member.id }).await.unwrap() == found);
    }
    let (_, whole) = studio.get("/v1/customers/1200000001").await;
    for secret in ["iban", "pin", "accessMedia", "street"] {
        assert!(whole.contains(secret), "{secret} is what a proxy must drop");
    }
}

#[tokio::test]
async fn customers_are_found_by_card_in_the_readers_format_by_barcode_and_by_pin() {
    let studio = open_at(MONDAY).await;
    let found = async |by| studio.ask(FindCustomer { by }).await.map(|found| found.id);
    let card = |text: &str, format| CustomerKey::Card(text.into(), format);
    for by in [
        card("5200000001", None),
        card("5200000001", Some(CardNumberFormat::Decimal)),
        card("0135F1B401", Some(CardNumberFormat::HexMsb)),
        card("01B4F13501", Some(CardNumberFormat::HexLsb)),
        CustomerKey::Barcode("SB1200000001".into()),
        CustomerKey::Pin("7919".into()),
    ] {
        assert_eq!(found(by).await.unwrap(), NORA);
    }
    for by in [
        card("5200000001", Some(CardNumberFormat::HexMsb)),
        card("0135F1B401", Some(CardNumberFormat::HexLsb)),
        card("5200000099", None),
        CustomerKey::Barcode("SB12000000".into()),
        CustomerKey::Pin("791".into()),
    ] {
        assert_eq!(found(by).await.unwrap_err().status, StatusCode::NOT_FOUND);
    }
    let (status, _) = studio
        .get("/v1/customers/by?cardNumber=1&cardNumberFormat=OCTAL")
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_search_fits_all_that_was_said() {
    let studio = open_at(MONDAY).await;
    let count = async |wanted: SearchCustomers| studio.ask(wanted).await.unwrap().items.len();
    let family = Some("familie.brandt@example.org".to_owned());
    assert_eq!(
        count(SearchCustomers {
            email: family.clone(),
            ..Default::default()
        })
        .await,
        2
    );
    let ben = SearchCustomers {
        email: family,
        first_name: Some("ben".to_owned()),
        ..Default::default()
    };
    assert_eq!(count(ben).await, 1);
    assert_eq!(
        count(SearchCustomers {
            last_name: Some("Br".to_owned()),
            ..Default::default()
        })
        .await,
        2
    );
    let nobody = SearchCustomers {
        date_of_birth: Some(day("1900-01-01")),
        ..Default::default()
    };
    assert_eq!(count(nobody).await, 0);
}

#[tokio::test]
async fn the_limit_is_each_endpoints_own_and_only_where_it_was_asked_for() {
    let studio = open(
        MONDAY,
        Settings {
            rate_limit: true,
            ..Settings::default()
        },
    )
    .await;
    let call = || studio.ask(GetBookableAppointment { id: TRAINING });
    for _ in 0..1_000 {
        call().await.unwrap();
    }
    assert_eq!(call().await.unwrap_err().status, StatusCode::TOO_MANY_REQUESTS);
    assert!(studio.ask(GetCustomer { id: NORA }).await.is_ok());
    studio.clock.advance(chrono::TimeDelta::seconds(61));
    assert!(call().await.is_ok());
}
