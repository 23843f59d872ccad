//! What the studio can be told to do wrong, as the real upstream is known to, or could.

use std::sync::{Mutex, MutexGuard, PoisonError};

use perfectgym::MomentForm;
use serde::{Deserialize, Serialize};

/// Everything that can be wrong. Nothing is by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Quirks {
    /// Each slice says that there is a next one, at the same offset; the documentation's own example does.
    pub has_next_forever: bool,
    /// Instructors are `{}`, as in the documentation's examples.
    pub empty_instructors: bool,
    /// No slot and no booking names an instructor, as at some studios.
    pub no_instructors: bool,
    /// Validate answers with this word instead of AVAILABLE.
    pub validation_status: Option<String>,
    /// Bookings that stand have this status.
    pub booking_status: Option<String>,
    /// Appointments that are not cancelled have this status.
    pub appointment_status: Option<String>,
    /// Members take part in them with this status.
    pub participant_status: Option<String>,
    /// Slots' date-times are of this form, whatever the settings say.
    pub slot_form: Option<Form>,
    /// Bookings' date-times are of this form, whatever the settings say.
    pub booking_form: Option<Form>,
    /// The first element of every slot list cannot be read.
    pub unreadable_slot: bool,
    /// Slots end when they should start.
    pub reversed_slots: bool,
    /// The last day of a window of slots belongs to it.
    pub inclusive_window: bool,
    /// What happens to calls.
    pub calls: Vec<CallQuirk>,
}

/// The three forms of date-time, by the names that flags and quirks have for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "camelCase")]
pub enum Form {
    /// 2026-12-02T16:30:00Z
    Utc,
    /// 2026-12-02T17:30:00.000+01:00
    Offset,
    /// 2026-12-02T17:30:00.000+01:00[Europe/Berlin]
    Zoned,
}

impl From<Form> for MomentForm {
    fn from(form: Form) -> Self {
        match form {
            Form::Utc => Self::Utc,
            Form::Offset => Self::Offset,
            Form::Zoned => Self::Zoned,
        }
    }
}

/// What happens to calls of one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallQuirk {
    /// Which operation.
    pub operation: OperationName,
    /// For how many calls; for ever if it does not say.
    #[serde(default)]
    pub times: Option<u32>,
    /// Milliseconds before anything is done.
    #[serde(default)]
    pub delay_millis: u64,
    /// Nothing is done, and the answer is this HTTP status.
    #[serde(default)]
    pub status: Option<u16>,
    /// All is done, and the connection is closed without an answer.
    #[serde(default)]
    pub lose_answer: bool,
}

/// The operations, by the contract's `operationId`s; the customer look-ups by perfectgym's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the contract's own words")]
pub enum OperationName {
    ListBookableAppointments,
    GetBookableAppointment,
    ListSlots,
    ValidateBooking,
    Book,
    GetBooking,
    DeleteBooking,
    ListBookings,
    FindCustomer,
    GetCustomer,
    SearchCustomers,
}

/// The quirks of a running studio.
#[derive(Debug, Default)]
pub struct QuirkBoard(Mutex<Quirks>);

impl QuirkBoard {
    /// Starts with these.
    #[must_use]
    pub fn new(quirks: Quirks) -> Self {
        Self(Mutex::new(quirks))
    }

    /// As they are now.
    #[must_use]
    pub fn read(&self) -> Quirks {
        self.lock().clone()
    }

    /// Replaces all of them.
    pub fn set(&self, quirks: Quirks) {
        *self.lock() = quirks;
    }

    /// What happens to this call; each one is counted.
    pub fn of_call(&self, operation: OperationName) -> Option<CallQuirk> {
        let mut quirks = self.lock();
        let quirk = quirks
            .calls
            .iter_mut()
            .find(|quirk| quirk.operation == operation && quirk.times != Some(0))?;
        quirk.times = quirk.times.map(|left| left.saturating_sub(1));
        Some(quirk.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Quirks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
