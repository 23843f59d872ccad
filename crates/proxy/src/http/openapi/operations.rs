//! The list of everything that is offered, less pages and files.

use booking::{AttemptQuestion, AttemptView, SessionView, SignIn, attempt as attempts, session as sessions};
use perfectgym::{
    AppointmentBooking, Book, BookableAppointment, BookableAppointmentId, BookingId, BookingWish, DaysAhead,
    DeleteBooking, Deleted, GetBookableAppointment, GetBooking, ListBookableAppointments, ListBookings,
    ListSlots, Slice, SliceSize, Slot, ValidateBooking, ValidationResult,
};
use utoipa::openapi::path::{HttpMethod, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Required};
use utoipa::{PartialSchema, ToSchema};

use super::told::{Told, Whom, json, leads_on, list, many, named, other, whole_number};

/// What any request may meet.
const ANY: &[u16] = &[400, 404, 411, 415, 500, 502, 503, 504];
/// Likewise, where something changes.
const CHANGE: &[u16] = &[400, 401, 403, 404, 409, 411, 415, 422, 500, 502, 503, 504];

/// Every operation.
pub(super) fn all() -> Vec<Told> {
    [catalogue(), bookings(), beyond_the_contract(), around()]
        .into_iter()
        .flatten()
        .collect()
}

fn catalogue() -> Vec<Told> {
    let slices = Told::of::<ListBookableAppointments>(
        "listBookableAppointments",
        "What can be booked, a slice at a time.",
    )
    .takes(query(
        "offset",
        "The offset of the slice before.",
        ObjectBuilder::new().schema_type(Type::String),
    ))
    .takes(query(
        "sliceSize",
        "How many at a time.",
        within(SliceSize::LEAST.get(), SliceSize::MOST.get()),
    ))
    .answers(200, list(json(named::<Slice<BookableAppointment>>())));
    let one = Told::of::<GetBookableAppointment>("getBookableAppointment", "One of them.")
        .takes(id::<BookableAppointmentId>("bookableAppointmentId"))
        .answers(200, json(named::<BookableAppointment>()));
    let days = within(DaysAhead::LEAST.get(), DaysAhead::MOST.get());
    let date = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    let slots = Told::of::<ListSlots>("listSlots", "Its free times.")
        .to(Whom::Either)
        .takes(id::<BookableAppointmentId>("bookableAppointmentId"))
        .takes(query("daysAhead", "How many days.", days))
        .takes(query(
            "slotWindowStartDate",
            "The first day, in the studio's zone.",
            date,
        ))
        .answers(200, list(json(many::<Slot>())))
        .fails(&[401]);
    let validate = Told::of::<ValidateBooking>("validateBooking", "Whether a time could be booked.")
        .to(Whom::Members)
        .reads::<BookingWish>()
        .answers(200, json(named::<ValidationResult>()))
        .fails(CHANGE);
    vec![slices.fails(ANY), one.fails(ANY), slots.fails(ANY), validate]
}

fn bookings() -> Vec<Told> {
    let own = || Told::of::<ListBookings>("listBookings", "The member's bookings.");
    let list_all = own()
        .to(Whom::Members)
        .answers(200, list(json(many::<AppointmentBooking>())))
        .fails(&[401])
        .fails(ANY);
    let one = Told::of::<GetBooking>("getBooking", "One of them.")
        .to(Whom::Members)
        .takes(id::<BookingId>("bookingId"))
        .answers(200, json(named::<AppointmentBooking>()))
        .fails(&[401])
        .fails(ANY);
    let book = Told::of::<Book>("book", "Books, once a key.")
        .to(Whom::Members)
        .takes(key(attempts::HEADER, ParameterIn::Header))
        .reads::<BookingWish>()
        .answers(200, json(named::<AppointmentBooking>()))
        .fails(CHANGE);
    let cancel = Told::of::<DeleteBooking>("deleteBooking", "Cancels.")
        .to(Whom::Members)
        .takes(id::<BookingId>("bookingId"))
        .answers(200, json(named::<Deleted>()))
        .fails(CHANGE);
    vec![list_all, one, book, cancel]
}

fn beyond_the_contract() -> Vec<Told> {
    let session = |method, id: &str, says: &str| {
        Told::at(method, sessions::PATH, id, says).answers(200, json(named::<SessionView>()))
    };
    let attempt = Told::at(
        HttpMethod::Post,
        attempts::ROUTE,
        "attempt",
        "What became of an attempt to book.",
    )
    .to(Whom::Members)
    .takes(key("key", ParameterIn::Path))
    .reads::<AttemptQuestion>()
    .answers(200, json(named::<AttemptView>()))
    .fails(CHANGE);
    vec![
        session(HttpMethod::Get, "who", "Who one is.")
            .to(Whom::Either)
            .fails(ANY),
        session(HttpMethod::Post, "signIn", "Signs in.")
            .reads::<SignIn>()
            .fails(CHANGE)
            .fails(&[429]),
        session(HttpMethod::Delete, "signOut", "Signs out.")
            .to(Whom::Either)
            .fails(CHANGE),
        attempt,
    ]
}

/// What is no JSON, or not for the app.
fn around() -> Vec<Told> {
    let health = ObjectBuilder::new()
        .property("status", ObjectBuilder::new().schema_type(Type::String))
        .required("status");
    let document = ObjectBuilder::new().schema_type(Type::Object);
    let langs = booking::Lang::ALL.map(booking::Lang::tag);
    let lang = parameter(
        "lang",
        ParameterIn::Path,
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(langs)),
    );
    let next = ObjectBuilder::new().schema_type(Type::String);
    vec![
        Told::at(
            HttpMethod::Get,
            "/bookings/{id}/calendar.ics",
            "calendar",
            "A booking for the member's own calendar.",
        )
        .to(Whom::Either)
        .takes(id::<BookingId>("id"))
        .answers(200, other("text/calendar"))
        .answers(303, leads_on())
        .fails(ANY),
        Told::at(
            HttpMethod::Get,
            "/pictures/{id}",
            "picture",
            "The picture of what can be booked.",
        )
        .takes(id::<BookableAppointmentId>("id"))
        .answers(200, other("image/*"))
        .fails(ANY),
        Told::at(
            HttpMethod::Get,
            booking::lang::SWITCH_ROUTE,
            "language",
            "Remembers a language and goes back.",
        )
        .takes(lang)
        .takes(query("next", "Where to go on to; ours alone count.", next))
        .answers(303, leads_on())
        .fails(ANY),
        Told::at(
            HttpMethod::Get,
            "/healthz",
            "health",
            "Whether this process serves.",
        )
        .answers(200, json(health))
        .fails(&[411, 415]),
        Told::at(HttpMethod::Get, super::PATH, "document", "This document.")
            .answers(200, json(document))
            .fails(&[411, 415]),
    ]
}

fn parameter(name: &str, at: ParameterIn, schema: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(at)
        .required(Required::True)
        .schema(Some(schema))
        .build()
}

fn query(name: &str, says: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(says))
        .schema(Some(schema))
        .build()
}

fn id<T: PartialSchema + ToSchema>(name: &str) -> Parameter {
    parameter(name, ParameterIn::Path, T::schema())
}

fn key(name: &str, at: ParameterIn) -> Parameter {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some("^[A-Za-z0-9-]{16,64}$"));
    parameter(name, at, schema)
}

fn within(least: i32, most: i32) -> ObjectBuilder {
    whole_number(least.into(), most.into())
}
