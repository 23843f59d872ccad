//! The words that stories are told in: a member at a device, and a studio that answers when the story says so.

use booking::bookings::Standing;
use booking::flow::{Answer, Call, Choice, Effect, Event, Mark, News, State, Target, Ticket, update};
use booking::slots::SlotKey;
use booking::{
    Boot, Failure, FailureKind, MadeOf, Route, SessionView, SignIn, SignInMethods, StudioContact, StudioZone,
};
use chrono::{DateTime, Days, TimeDelta, Timelike, Utc};
use perfectgym::{
    AppointmentBooking, AppointmentStatus, BookableAppointment, BookableAppointmentId, BookingId,
    BookingStatus, BookingWish, Instructor, InstructorId, Moment, ParticipantStatus, Readable, Slice, Slot,
    ValidationStatus,
};

/// Answers the newest open call of a kind: `answer!(story, Call::Validate(_) => verdict("AVAILABLE"))`.
macro_rules! answer {
    ($story:expr, $call:pat => $result:expr) => {{
        let result = $result;
        $story.answer(|call| matches!(call, $call), result)
    }};
}

/// How many calls of a kind were ever made.
macro_rules! calls {
    ($story:expr, $call:pat) => {
        $story
            .made
            .iter()
            .filter(|(_, call)| matches!(call, $call))
            .count()
    };
}

/// What `Answered` carries.
pub(crate) type Given = Result<Answer, Failure>;

/// A member, their app, and the studio behind it.
pub(crate) struct Story {
    pub(crate) state: State,
    pub(crate) now: DateTime<Utc>,
    /// Every call ever made, and those nobody has answered.
    pub(crate) made: Vec<(Ticket, Call)>,
    pub(crate) open: Vec<(Ticket, Call)>,
    /// Every effect that is no call.
    pub(crate) effects: Vec<Effect>,
    /// Everything that was announced.
    pub(crate) heard: Vec<News>,
    /// What the studio has free, of every service.
    pub(crate) free: Vec<Slot>,
    /// The member's bookings.
    pub(crate) bookings: Vec<AppointmentBooking>,
}

pub(crate) const MASSAGE: BookableAppointmentId = BookableAppointmentId(7);

impl Story {
    /// Tuesday 1 December 2026, nine in the morning in Berlin; the page has just been opened.
    pub(crate) fn opens(address: &str) -> Self {
        Self::opens_with(address, &boot())
    }

    pub(crate) fn opens_with(address: &str, boot: &Boot) -> Self {
        let mut story = Self {
            state: State::new(boot, Route::parse(address)),
            now: boot.now,
            made: Vec::new(),
            open: Vec::new(),
            effects: Vec::new(),
            heard: Vec::new(),
            free: [&today(), &wednesday(), &thursday()]
                .into_iter()
                .cloned()
                .collect(),
            bookings: Vec::new(),
        };
        story.tap(Event::Started);
        story
    }

    /// The same for somebody whose browser has a session, all reading done.
    pub(crate) fn of_member(address: &str) -> Self {
        let mut story = Self::opens(address);
        answer!(story, Call::ReadSession => session());
        story.studio_answers();
        story
    }

    /// The same for a visitor.
    pub(crate) fn of_visitor(address: &str) -> Self {
        let mut story = Self::opens(address);
        answer!(story, Call::ReadSession => nobody());
        story.studio_answers();
        story
    }

    /// A member who has Wednesday's time checked and only has to tap Book.
    pub(crate) fn about_to_book() -> Self {
        let mut story = Self::of_member("/services/7");
        story.picks(&wednesday());
        answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
        assert!(matches!(story.state.choice, Choice::Ready { .. }));
        story
    }

    /// A member who has tapped Book.
    pub(crate) fn booking() -> Self {
        let mut story = Self::about_to_book();
        story.tap(Event::Book);
        story
    }

    pub(crate) fn tap(&mut self, event: Event) -> &mut Self {
        let before = self.state.said.clone();
        for effect in update(&mut self.state, event, self.now) {
            match effect {
                Effect::Call(ticket, call) => {
                    self.made.push((ticket, call.clone()));
                    self.open.push((ticket, call));
                }
                other => self.effects.push(other),
            }
        }
        if let Some(said) = self
            .state
            .said
            .clone()
            .filter(|said| Some(said) != before.as_ref())
        {
            self.heard.push(said.news);
        }
        self
    }

    pub(crate) fn picks(&mut self, slot: &Slot) -> &mut Self {
        self.tap(Event::TimePicked(SlotKey::of(slot)))
    }

    pub(crate) fn goes(&mut self, address: &str) -> &mut Self {
        self.tap(Event::Go(Route::parse(address)))
    }

    /// The browser's Back or Forward.
    pub(crate) fn went(&mut self, address: &str) -> &mut Self {
        self.tap(Event::Went(Route::parse(address)))
    }

    pub(crate) fn after(&mut self, seconds: i64) -> &mut Self {
        self.now += TimeDelta::seconds(seconds);
        self
    }

    /// Takes the newest open call of a kind off the line, unanswered so far.
    pub(crate) fn holds(&mut self, which: impl Fn(&Call) -> bool) -> (Ticket, Call) {
        let at = self.open.iter().rposition(|(_, call)| which(call));
        self.open.remove(at.expect("a call of that kind is open"))
    }

    pub(crate) fn answer(&mut self, which: impl Fn(&Call) -> bool, result: Given) -> &mut Self {
        let (ticket, _) = self.holds(which);
        self.tap(Event::Answered { ticket, result })
    }

    /// Answers every open reading from what the studio has, until there is none. Verdicts, bookings made and cancelled
    /// are left to the story.
    pub(crate) fn studio_answers(&mut self) -> &mut Self {
        while let Some(at) = self.open.iter().position(|(_, call)| self.reads(call).is_some()) {
            let (ticket, call) = self.open.remove(at);
            let result = self.reads(&call).unwrap();
            self.tap(Event::Answered { ticket, result });
        }
        self
    }

    pub(crate) fn reads(&self, call: &Call) -> Option<Given> {
        Some(match call {
            Call::ReadService(id) => Ok(Answer::Service(service(id.0))),
            Call::ReadSlots {
                start, days_ahead, ..
            } => {
                let end = *start + Days::new(u64::try_from(days_ahead.get()).unwrap());
                let within = |slot: &&Slot| {
                    let day = slot.start_date_time.local().unwrap().date();
                    (*start..end).contains(&day)
                };
                let free: Vec<Slot> = self.free.iter().filter(within).cloned().collect();
                Ok(Answer::Slots(free.into()))
            }
            Call::ReadCatalogue(_) => Ok(Answer::Catalogue(slice(&[7, 8], false, "8"))),
            Call::ReadBookings => Ok(Answer::Bookings(self.bookings.clone().into())),
            Call::ReadBooking(id) => match self.bookings.iter().find(|b| b.booking_id == *id) {
                Some(booking) => Ok(Answer::Booking(booking.clone())),
                None => fails(FailureKind::NotFound),
            },
            _ => return None,
        })
    }

    /// Where focus was sent last.
    pub(crate) fn focus(&self) -> Option<Target> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Focus(target) => Some(*target),
            _ => None,
        })
    }

    pub(crate) fn address(&self) -> String {
        self.state.route.format()
    }

    /// How many calls of any kind were made since `before` of them had been.
    pub(crate) fn wishes_sent(&self) -> Vec<BookingWish> {
        let wish = |(_, call): &(Ticket, Call)| match call {
            Call::Book { wish } => Some(wish.clone()),
            _ => None,
        };
        self.made.iter().filter_map(wish).collect()
    }
}

/// The times of a day as the list shows them.
pub(crate) fn listed(story: &Story, day: &str, trainer: Option<i64>) -> Vec<(&'static str, Mark)> {
    const CLOCK: [&str; 24] = [
        "00:00", "01:00", "02:00", "03:00", "04:00", "05:00", "06:00", "07:00", "08:00", "09:00", "10:00",
        "11:00", "12:00", "13:00", "14:00", "15:00", "16:00", "17:00", "18:00", "19:00", "20:00", "21:00",
        "22:00", "23:00",
    ];
    let (state, times) = (&story.state, story.state.times.as_ref().unwrap());
    let all = times.listed(day.parse().unwrap(), trainer.map(InstructorId), &state.zone);
    let hour = |start: &Moment| start.local().unwrap().hour() as usize;
    all.iter()
        .map(|l| (CLOCK[hour(&l.offer.start)], l.mark))
        .collect()
}

/// How many times the strip says a day has.
pub(crate) fn strip_count(story: &Story, day: &str) -> Option<usize> {
    let (state, times) = (&story.state, story.state.times.as_ref().unwrap());
    let days = times.days(None, &state.zone);
    days.into_iter().find(|view| view.date.to_string() == day)?.count
}

pub(crate) fn boot() -> Boot {
    Boot {
        lang: booking::Lang::En,
        now: "2026-12-01T08:00:00Z".parse().unwrap(),
        zone: StudioZone {
            name: "Europe/Berlin".into(),
            shifts: vec![(1_761_440_400, 3600)],
        },
        studio: StudioContact::default(),
        demo: Vec::new(),
        place: booking::Place::Browser,
        times_need_sign_in: false,
        sign_in: SignInMethods::default(),
        catalogue: None,
        as_of: None,
        service: None,
        kiosk: None,
    }
}

/// A time of an hour, `at` in the studio's own time.
pub(crate) fn slot(day: &str, hour: u32, instructors: &[i64]) -> Slot {
    let text = |hour: u32| format!("{day}T{hour:02}:00:00.000+01:00[Europe/Berlin]");
    let instructor = |id: &i64| Instructor {
        id: Some(InstructorId(*id)),
        public_name: Some(format!("Trainer {id}")),
        ..Instructor::default()
    };
    Slot {
        start_date_time: Moment::parse(&text(hour)).unwrap(),
        end_date_time: Moment::parse(&text(hour + 1)).unwrap(),
        instructors: instructors.iter().map(instructor).collect(),
    }
}

pub(crate) fn today() -> Slot {
    slot("2026-12-01", 18, &[1])
}

pub(crate) fn wednesday() -> Slot {
    slot("2026-12-02", 17, &[1])
}

pub(crate) fn thursday() -> Slot {
    slot("2026-12-03", 10, &[2])
}

/// The address of a time of the massage.
pub(crate) fn address_of(slot: &Slot) -> String {
    let pick = booking::route::Pick {
        slot: Some(SlotKey::of(slot)),
        ..booking::route::Pick::of(MASSAGE)
    };
    Route::Times(pick).format()
}

pub(crate) fn service(id: i64) -> BookableAppointment {
    BookableAppointment {
        id: BookableAppointmentId(id),
        title: Some(format!("Service {id}")),
        duration: Some(60),
        category: Some(if id % 2 == 0 { "Even" } else { "Odd" }.into()),
        description: None,
        img_url: None,
    }
}

pub(crate) fn slice(ids: &[i64], has_next: bool, offset: &str) -> Slice<BookableAppointment> {
    let services: Vec<_> = ids.iter().map(|id| service(*id)).collect();
    Slice {
        result: Readable::from(services),
        has_next,
        offset: offset.into(),
    }
}

/// The booking that a time becomes.
pub(crate) fn booked(id: i64, slot: &Slot) -> AppointmentBooking {
    AppointmentBooking {
        booking_id: BookingId(id),
        booking_status: BookingStatus::Booked,
        start_date_time: slot.start_date_time.clone(),
        end_date_time: slot.end_date_time.clone(),
        title: Some("Service 7".into()),
        duration: Some(60),
        category: None,
        description: None,
        img_url: None,
        instructors: slot.instructors.clone(),
        appointment_status: AppointmentStatus::Planned,
        participant_status: ParticipantStatus::Participating,
    }
}

pub(crate) fn cancelled(id: i64, slot: &Slot) -> AppointmentBooking {
    AppointmentBooking {
        booking_status: BookingStatus::Canceled,
        ..booked(id, slot)
    }
}

pub(crate) fn session() -> Given {
    Ok(Answer::Session(SessionView {
        signed_in: true,
        first_name: Some("Mia".into()),
    }))
}

pub(crate) fn nobody() -> Given {
    Ok(Answer::Session(SessionView::default()))
}

pub(crate) fn verdict(word: &str) -> Given {
    Ok(Answer::Verdict(ValidationStatus::from(word)))
}

pub(crate) fn books(id: i64, slot: &Slot) -> Given {
    Ok(Answer::Booking(booked(id, slot)))
}

/// "It is booked."
pub(crate) fn it_is_booked(id: i64) -> News {
    News::Booked {
        id: BookingId(id),
        standing: Standing::Upcoming,
    }
}

pub(crate) fn made_of(service: i64) -> Given {
    Ok(Answer::MadeOf(MadeOf {
        bookable_appointment_id: BookableAppointmentId(service),
    }))
}

pub(crate) fn fails(kind: FailureKind) -> Given {
    Err(Failure::of(kind))
}

pub(crate) fn sign_in() -> Event {
    Event::SignIn(SignIn {
        customer_number: "M-1".into(),
        date_of_birth: "1990-01-01".parse().unwrap(),
    })
}
