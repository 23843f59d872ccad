//! Which handler answers what, behind which checks.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, post};
use perfectgym::{
    Book, BookingRequest, DeleteBooking, FindCustomer, GetBookableAppointment, GetBooking, GetCustomer,
    ListBookableAppointments, ListBookings, ListSlots, Operation, Scope, SearchCustomers, ValidateBooking,
};

use super::app::App;
use super::error::{Problem, speak};
use super::{
    admin, auth, book, delete_booking, find_customer, get_bookable, get_booking, get_customer, list_bookable,
    list_bookings, list_slots, misbehave, pictures, search_customers, validate,
};
use crate::quirks::OperationName as Name;

/// The whole studio.
pub(crate) fn router(app: App) -> Router {
    let open = Router::new()
        .route("/pictures/{name}", get(pictures::picture))
        .merge(admin::routes(&app));
    operations(&app)
        .merge(open)
        .fallback(async || Problem::NoSuchPath)
        .method_not_allowed_fallback(async || Problem::NoSuchMethod)
        .layer(from_fn_with_state(app.clone(), auth::head))
        .layer(from_fn_with_state(app.clone(), speak))
        .with_state(app)
}

fn operations(app: &App) -> Router<App> {
    let mut table = Table(Router::new(), app.clone());
    table.put::<ListBookableAppointments>(Name::ListBookableAppointments, get(list_bookable::handle));
    table.put::<GetBookableAppointment>(Name::GetBookableAppointment, get(get_bookable::handle));
    table.put::<ListSlots>(Name::ListSlots, get(list_slots::handle));
    table.put::<ValidateBooking<BookingRequest>>(Name::ValidateBooking, post(validate::handle));
    table.put::<Book<BookingRequest>>(Name::Book, post(book::handle));
    table.put::<GetBooking>(Name::GetBooking, get(get_booking::handle));
    table.put::<DeleteBooking>(Name::DeleteBooking, delete(delete_booking::handle));
    table.put::<ListBookings>(Name::ListBookings, get(list_bookings::handle));
    table.put::<FindCustomer>(Name::FindCustomer, get(find_customer::handle));
    table.put::<GetCustomer>(Name::GetCustomer, get(get_customer::handle));
    table.put::<SearchCustomers>(Name::SearchCustomers, post(search_customers::handle));
    table.0
}

struct Table(Router<App>, App);

impl Table {
    /// Puts a handler where perfectgym says the operation is, behind the scope it says it needs.
    fn put<O: Operation>(&mut self, name: Name, handler: MethodRouter<App>) {
        let gate = Gate {
            app: self.1.clone(),
            name,
            scope: O::SCOPE,
        };
        let guarded = handler.route_layer(from_fn_with_state(gate, guard));
        self.0 = std::mem::take(&mut self.0).route(O::PATH, guarded);
    }
}

#[derive(Clone)]
struct Gate {
    app: App,
    name: Name,
    scope: Scope,
}

/// Key, scope, limit, quirks, today's stories: in this order, before any handler.
async fn guard(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    match admitted(&gate, request.headers()).await {
        Err(problem) => problem.into_response(),
        Ok(()) => match gate.app.quirks.of_call(gate.name) {
            Some(quirk) => misbehave::run(quirk, request, next).await,
            None => next.run(request).await,
        },
    }
}

async fn admitted(gate: &Gate, headers: &HeaderMap) -> Result<(), Problem> {
    let app = &gate.app;
    app.keys.check(headers, gate.scope)?;
    let now = app.desk.clock.now();
    if app.rate.as_ref().is_some_and(|rate| !rate.allows(gate.name, now)) {
        return Err(Problem::TooMany);
    }
    Ok(app.desk.tell_stories().await?)
}
