//! The contract, by its own examples: bodies from `tests/fixtures` at the repository's root, letter for letter.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::collections::BTreeMap;
use std::fs;

use perfectgym::{
    AppointmentBooking, AppointmentStatus, Book, BookableAppointment, BookableAppointmentId, BookingId,
    BookingOfCustomer, BookingRequest, BookingStatus, BookingWish, CustomerId, DaysAhead, DeleteBooking,
    Deleted, ErrorBody, GetBookableAppointment, GetBooking, InstructorId, ListBookableAppointments,
    ListBookings, ListSlots, Operation, ParticipantStatus, Readable, Slice, SliceSize, Slot, ValidateBooking,
    ValidationResult, ValidationStatus, Walk,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn fixture(name: &str) -> String {
    let path = format!("{}/../../tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn example<O: Operation>(_: &O, name: &str) -> O::Answer {
    serde_json::from_str(&fixture(name)).unwrap()
}

fn value(name: &str) -> Value {
    serde_json::from_str(&fixture(name)).unwrap()
}

fn reads<T: DeserializeOwned>(value: &Value) -> Result<T, serde_json::Error> {
    serde_json::from_str(&value.to_string())
}

fn request() -> BookingRequest {
    serde_json::from_str(&fixture("book.request.json")).unwrap()
}

/// Leaves out one field after the other: without a required one nothing is read, without another one all the rest is.
fn requires<T: DeserializeOwned>(whole: &Value, required: &[&str]) {
    let fields = whole.as_object().unwrap();
    for field in required {
        assert!(fields.contains_key(*field), "{field} is no field of the example");
    }
    for field in fields.keys() {
        let mut less = fields.clone();
        less.remove(field);
        let read = reads::<T>(&Value::Object(less.clone()));
        assert_eq!(
            read.is_err(),
            required.contains(&field.as_str()),
            "without {field}"
        );
        less.insert(field.clone(), Value::Null);
        let read = reads::<T>(&Value::Object(less));
        assert_eq!(read.is_err(), required.contains(&field.as_str()), "{field}: null");
    }
    let mut more = fields.clone();
    more.insert("addedInAMinorVersion".into(), json!({"deep": [1, {}]}));
    assert!(
        reads::<T>(&Value::Object(more)).is_ok(),
        "an unknown field is ignored"
    );
}

fn writes_back<T: DeserializeOwned + Serialize>(name: &str) {
    let read: T = serde_json::from_str(&fixture(name)).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), value(name), "{name}");
}

#[test]
fn the_eight_operations_are_asked_for_as_the_documentation_asks() {
    let id = BookableAppointmentId(-1);
    let booking = BookingId(-1);
    let list = ListBookableAppointments {
        offset: Some("0".into()),
        slice_size: Some(SliceSize::default()),
    };
    let slots = ListSlots {
        id,
        customer_id: Some(CustomerId(0)),
        days_ahead: Some(DaysAhead::default()),
        slot_window_start_date: "2019-08-24".parse().ok(),
    };
    let ours = [
        line("listBookableAppointments", &list),
        line("getBookableAppointment", &GetBookableAppointment { id }),
        line("listSlots", &slots),
        line("validateBooking", &ValidateBooking(request())),
        line("book", &Book(request())),
        line("getBooking", &GetBooking { id: booking }),
        line("deleteBooking", &DeleteBooking { id: booking }),
        line(
            "listBookings",
            &ListBookings {
                customer_id: CustomerId(0),
            },
        ),
    ];
    let ids = |text: String| {
        text.replace("{bookableAppointmentId}", "-1")
            .replace("{bookingId}", "-1")
    };
    let theirs: Vec<String> = fixture("requests.txt")
        .lines()
        .map(|l| ids(l.to_owned()))
        .collect();
    assert_eq!(ours.as_slice(), theirs);
}

fn line<O: Operation>(name: &str, operation: &O) -> String {
    assert_eq!(
        O::METHOD == perfectgym::Method::Post,
        operation.body().is_some(),
        "{name}"
    );
    format!("{name} {} {}", O::METHOD.as_str(), operation.target())
}

#[test]
fn each_operation_names_the_scope_that_its_key_needs() {
    let scopes = BTreeMap::from([
        ("listBookableAppointments", ListBookableAppointments::SCOPE),
        ("getBookableAppointment", GetBookableAppointment::SCOPE),
        ("listSlots", ListSlots::SCOPE),
        ("validateBooking", ValidateBooking::<BookingRequest>::SCOPE),
        ("book", Book::<BookingRequest>::SCOPE),
        ("getBooking", GetBooking::SCOPE),
        ("deleteBooking", DeleteBooking::SCOPE),
        ("listBookings", ListBookings::SCOPE),
    ]);
    for (name, scope) in scopes {
        let wanted = match name {
            "validateBooking" | "book" | "deleteBooking" => "APPOINTMENTS_WRITE",
            "getBooking" | "listBookings" => "APPOINTMENTS_READ",
            _ => "BOOKABLE_APPOINTMENTS_READ",
        };
        assert_eq!(scope.as_str(), wanted, "{name}");
    }
}

#[test]
fn a_slice_whose_element_is_empty_drops_and_counts_it() {
    let slice = example(
        &ListBookableAppointments::default(),
        "list_bookable_appointments.json",
    );
    assert_eq!((slice.result.items.len(), slice.result.unreadable), (0, 1));
    assert_eq!((slice.has_next, slice.offset.as_str()), (true, "1234567890"));
    requires::<Slice<BookableAppointment>>(
        &value("list_bookable_appointments.json"),
        &["result", "hasNext", "offset"],
    );
}

#[test]
fn a_bookable_appointment_needs_nothing_but_its_id() {
    let read = example(
        &GetBookableAppointment {
            id: BookableAppointmentId(1001),
        },
        "get_bookable_appointment.json",
    );
    assert_eq!(read.id, BookableAppointmentId(1001));
    assert_eq!(
        (read.title.as_deref(), read.duration),
        (Some("Mission Beach body"), Some(45))
    );
    requires::<BookableAppointment>(&value("get_bookable_appointment.json"), &["id"]);
    writes_back::<BookableAppointment>("get_bookable_appointment.json");
}

#[test]
fn slots_keep_their_text_and_need_a_start_and_an_end() {
    let read: Readable<Slot> = serde_json::from_str(&fixture("list_slots.json")).unwrap();
    assert_eq!((read.items.len(), read.unreadable), (1, 0));
    assert_eq!(
        read.items[0].start_date_time.text(),
        "2022-06-22T08:00:00.000+02:00[Europe/Berlin]"
    );
    writes_back::<Readable<Slot>>("list_slots.json");
    // The contract requires neither; a slot that cannot be shown or sent back is none.
    requires::<Slot>(&value("list_slots.json")[0], &["startDateTime", "endDateTime"]);
}

#[test]
fn an_instructor_of_whom_nothing_is_known_is_one_without_a_name_or_an_id() {
    let slot = json!({"startDateTime": "2022-06-22T08:00:00Z", "endDateTime": "2022-06-22T09:00:00Z",
        "instructors": [{}, {"id": 7, "firstName": "Anna", "lastName": "Weber", "publicName": "Anna W."}]});
    let slot: Slot = reads(&slot).unwrap();
    assert_eq!(slot.instructor_ids(), [InstructorId(7)]);
    let names: Vec<_> = slot
        .instructors
        .iter()
        .map(perfectgym::Instructor::shown_name)
        .collect();
    assert_eq!(names, [None, Some("Anna W.".into())]);
}

#[test]
fn one_bad_slot_does_not_take_the_others_with_it() {
    let good = value("list_slots.json")[0].clone();
    for bad in [
        json!({}),
        json!(null),
        json!("slot"),
        json!([]),
        json!({"startDateTime": 5}),
    ] {
        let read: Readable<Slot> = reads(&json!([bad, good, bad])).unwrap();
        assert_eq!((read.items.len(), read.unreadable), (1, 2), "{bad}");
    }
    assert!(
        reads::<Readable<Slot>>(&json!({"slots": []})).is_err(),
        "no list is no empty list"
    );
}

#[test]
fn what_is_validated_and_booked_is_sent_as_the_documentation_sends_it() {
    for name in ["validate_booking.request.json", "book.request.json"] {
        writes_back::<BookingRequest>(name);
        requires::<BookingRequest>(
            &value(name),
            &[
                "customerId",
                "bookableAppointmentId",
                "startDateTime",
                "endDateTime",
            ],
        );
    }
    let slot: Slot = reads(&value("list_slots.json")[0]).unwrap();
    let sent = BookingWish::new(BookableAppointmentId(20334), &slot).for_customer(CustomerId(203));
    assert_eq!(sent.start_date_time, request().start_date_time);
    assert_eq!(sent.end_date_time, request().end_date_time);
}

#[test]
fn a_browser_that_names_a_customer_is_not_read() {
    assert!(reads::<BookingWish>(&value("book.request.json")).is_err());
    let mut wish = value("book.request.json");
    wish.as_object_mut().unwrap().remove("customerId");
    assert_eq!(
        reads::<BookingWish>(&wish).unwrap().for_customer(CustomerId(203)),
        request()
    );
}

#[test]
fn a_verdict_that_the_documentation_does_not_list_is_read_all_the_same() {
    let verdict = example(&ValidateBooking(request()), "validate_booking.json");
    assert_eq!(verdict.validation_status, ValidationStatus::ResourceNotAvailable);
    requires::<ValidationResult>(&value("validate_booking.json"), &["validationStatus"]);
    let odd: ValidationResult = reads(&json!({"validationStatus": "available"})).unwrap();
    assert_ne!(
        odd.validation_status,
        ValidationStatus::Available,
        "words are compared letter by letter"
    );
}

const OF_A_BOOKING: [&str; 6] = [
    "bookingId",
    "bookingStatus",
    "startDateTime",
    "endDateTime",
    "appointmentStatus",
    "participantStatus",
];

#[test]
fn a_booking_is_read_with_all_it_has() {
    let read = example(&Book(request()), "book.json");
    assert_eq!(
        (read.booking_id, &read.booking_status),
        (BookingId(2033), &BookingStatus::Booked)
    );
    assert_eq!(read.appointment_status, AppointmentStatus::Completed);
    assert_eq!(read.participant_status, ParticipantStatus::Participating);
    assert_eq!(read.instructors.len(), 1);
    assert_eq!(read.start_date_time.text(), "2019-08-24T14:15:22Z");
    writes_back::<AppointmentBooking>("book.json");
    requires::<AppointmentBooking>(&value("book.json"), &OF_A_BOOKING);
}

#[test]
fn one_booking_names_its_customer_and_is_none_without() {
    let read = example(&GetBooking { id: BookingId(2033) }, "get_booking.json");
    assert_eq!(
        (read.booking.booking_id, read.customer_id),
        (BookingId(2033), CustomerId(1234))
    );
    writes_back::<BookingOfCustomer>("get_booking.json");
    let required: Vec<&str> = OF_A_BOOKING.into_iter().chain(["customerId"]).collect();
    requires::<BookingOfCustomer>(&value("get_booking.json"), &required);
}

#[test]
fn bookings_with_words_of_a_later_version_stay_in_the_list() {
    writes_back::<Readable<AppointmentBooking>>("list_bookings.json");
    let mut later = value("list_bookings.json");
    for field in ["bookingStatus", "appointmentStatus", "participantStatus"] {
        later[0][field] = json!("WAITING_LIST");
    }
    let read: Readable<AppointmentBooking> = reads(&later).unwrap();
    assert_eq!((read.items.len(), read.unreadable), (1, 0));
    assert_eq!(read.items[0].booking_status.as_str(), "WAITING_LIST");
    assert_eq!(serde_json::to_value(&read).unwrap(), later);
}

#[test]
fn a_deletion_may_answer_with_nothing_in_it() {
    let read = example(&DeleteBooking { id: BookingId(1) }, "delete_booking.json");
    assert_eq!(read.success.as_deref(), Some("string"));
    requires::<Deleted>(&value("delete_booking.json"), &[]);
}

#[test]
fn ids_beyond_a_double_and_below_zero_go_through_unchanged() {
    for id in [9_007_199_254_740_993_i64, i64::MAX, i64::MIN, 0] {
        let mut body = value("get_booking.json");
        body["bookingId"] = json!(id);
        body["customerId"] = json!(id);
        let read: BookingOfCustomer = reads(&body).unwrap();
        assert_eq!((read.booking.booking_id.0, read.customer_id.0), (id, id));
        assert_eq!(
            GetBooking { id: BookingId(id) }.target(),
            format!("/v1/appointments/booking/{id}")
        );
    }
    for no_id in [json!(1.5), json!("7"), json!(null), json!(u64::MAX)] {
        assert!(reads::<BookingId>(&no_id).is_err(), "{no_id}");
    }
}

#[test]
fn an_error_is_told_however_little_the_upstream_says() {
    for body in [
        json!({}),
        json!({"errorMessage": null, "args": null, "typedArgs": null}),
        json!({"new": 1}),
    ] {
        assert_eq!(reads::<ErrorBody>(&body).unwrap(), ErrorBody::default(), "{body}");
    }
    let odd = json!({"errorMessage": "Nein", "args": [1, "x", null], "typedArgs": [{"value": 5}, {"value": "v", "type": "T"}]});
    let read: ErrorBody = reads(&odd).unwrap();
    assert_eq!(read.error_message.as_deref(), Some("Nein"));
    assert_eq!(
        (read.args.as_slice(), read.typed_args.len()),
        (["x".to_owned()].as_slice(), 1)
    );
}

#[test]
fn an_offset_goes_back_as_it_came_whatever_it_holds() {
    let list = ListBookableAppointments {
        offset: Some("a b&sliceSize=100/ü".into()),
        slice_size: None,
    };
    assert_eq!(
        list.target(),
        "/v1/appointments/bookable?offset=a+b%26sliceSize%3D100%2F%C3%BC"
    );
    assert_eq!(
        ListBookableAppointments::default().target(),
        "/v1/appointments/bookable"
    );
}

/// Walks against an upstream that answers every request with another slice of its own.
fn walk(mut upstream: impl FnMut(u32) -> Slice<()>) -> u32 {
    let mut walk = Walk::default();
    for asked in 0..100_000 {
        if walk.next().is_none() {
            assert!(walk.is_over());
            return asked;
        }
        walk.took(&upstream(asked));
    }
    panic!("walks for ever");
}

#[test]
fn a_walk_ends_whatever_the_upstream_says() {
    let slice = |has_next, offset: String| Slice {
        result: Readable::default(),
        has_next,
        offset,
    };
    assert_eq!(walk(|_| slice(false, "1".into())), 1);
    assert_eq!(
        walk(|_| slice(true, "1".into())),
        2,
        "the documentation's own example"
    );
    assert_eq!(walk(|n| slice(true, (n % 3).to_string())), 4, "a circle of three");
    assert!(
        walk(|n| slice(true, n.to_string())) <= 1000,
        "ever another offset"
    );
}

#[test]
fn a_walk_visits_every_slice_of_an_honest_upstream_once() {
    let mut walk = Walk::in_slices_of(SliceSize::new(10).unwrap());
    let mut asked = Vec::new();
    while let Some(next) = walk.next() {
        asked.push(next.target());
        let n = asked.len();
        walk.took(&Slice::<()> {
            result: Readable::default(),
            has_next: n < 3,
            offset: format!("o{n}"),
        });
    }
    let bare = "/v1/appointments/bookable?";
    assert_eq!(
        asked,
        [
            format!("{bare}sliceSize=10"),
            format!("{bare}offset=o1&sliceSize=10"),
            format!("{bare}offset=o2&sliceSize=10")
        ]
    );
}
