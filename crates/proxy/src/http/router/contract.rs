//! Under `/api`: exactly the contract's eight operations, at the contract's own paths.

use std::sync::Arc;

use booking::attempt as attempts;
use perfectgym::{
    AppointmentBooking, Book, BookableAppointment, BookableAppointmentId, BookingId, BookingWish, DaysAhead,
    DeleteBooking, Deleted, GetBookableAppointment, GetBooking, ListBookableAppointments, ListBookings,
    ListSlots, Slice, SliceSize, Slot, ValidateBooking, ValidationResult,
};
use tower_http::compression::CompressionLayer;
use utoipa::openapi::path::ParameterIn;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};

use super::{CHANGE, READ, no_such_operation};
use crate::app::App;
use crate::http::offer::Offer;
use crate::http::openapi::{Told, Whom, field, id, key, query, whole_number};
use crate::http::{
    book, delete_booking, get_bookable_appointment, get_booking, list_bookable_appointments, list_bookings,
    list_slots, validate_booking,
};

/// The eight, and that there is no ninth.
pub(super) fn offer() -> Offer<Arc<App>> {
    catalogue().and(bookings()).around(|router| {
        router
            // Another method of theirs is an operation that the contract does not have.
            .method_not_allowed_fallback(no_such_operation)
            // A week of free times is tens of kilobytes of almost the same text.
            .layer(CompressionLayer::new().gzip(true))
    })
}

fn catalogue() -> Offer<Arc<App>> {
    let offset = query(
        "offset",
        "The offset of the slice before.",
        field("As it was given."),
    );
    let size = whole_number(SliceSize::LEAST.get().into(), SliceSize::MOST.get().into());
    let says = "What can be booked, a slice at a time.";
    let slices = Told::of::<ListBookableAppointments>("listBookableAppointments", says)
        .takes(offset)
        .takes(query("sliceSize", "How many at a time.", size))
        .gives_slice::<Slice<BookableAppointment>, BookableAppointment>()
        .fails(READ);
    let one = Told::of::<GetBookableAppointment>("getBookableAppointment", "One of them.")
        .takes(id::<BookableAppointmentId>("bookableAppointmentId"))
        .gives_kept::<BookableAppointment>()
        .fails(READ);
    let validate = Told::of::<ValidateBooking>("validateBooking", "Whether a time could be booked.")
        .to(Whom::Members)
        .reads::<BookingWish>()
        .gives::<ValidationResult>()
        .fails(CHANGE);
    Offer::new()
        .serve(slices, list_bookable_appointments::handle)
        .serve(one, get_bookable_appointment::handle)
        .serve(times(), list_slots::handle)
        .serve(validate, validate_booking::handle)
}

fn times() -> Told {
    let days = whole_number(DaysAhead::LEAST.get().into(), DaysAhead::MOST.get().into());
    let date = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    let from = query(
        "slotWindowStartDate",
        "The first day, in the studio's zone.",
        date,
    );
    Told::of::<ListSlots>("listSlots", "Its free times.")
        .to(Whom::Either)
        .takes(id::<BookableAppointmentId>("bookableAppointmentId"))
        .takes(query("daysAhead", "How many days.", days))
        .takes(from)
        .gives_many_kept::<Slot>()
        .fails(&[401])
        .fails(READ)
}

fn bookings() -> Offer<Arc<App>> {
    let all = Told::of::<ListBookings>("listBookings", "The member's bookings.")
        .to(Whom::Members)
        .gives_many::<AppointmentBooking>()
        .fails(&[401])
        .fails(READ);
    let one = Told::of::<GetBooking>("getBooking", "One of them.")
        .to(Whom::Members)
        .takes(id::<BookingId>("bookingId"))
        .gives::<AppointmentBooking>()
        .fails(&[401])
        .fails(READ);
    let book = Told::of::<Book>("book", "Books, once a key.")
        .to(Whom::Members)
        .takes(key(attempts::HEADER, ParameterIn::Header))
        .reads::<BookingWish>()
        .gives::<AppointmentBooking>()
        .fails(CHANGE);
    let cancel = Told::of::<DeleteBooking>("deleteBooking", "Cancels.")
        .to(Whom::Members)
        .takes(id::<BookingId>("bookingId"))
        .gives::<Deleted>()
        .fails(CHANGE);
    Offer::new()
        .serve(all, list_bookings::handle)
        .serve(one, get_booking::handle)
        .serve(book, book::handle)
        .serve(cancel, delete_booking::handle)
}
