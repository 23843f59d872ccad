//! The demo studio as a program of its own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono_tz::Tz;
use clap::Parser;
use demo_studio::{DEMO_KEY, Database, Form, Quirks, Settings, Studio, Webhooks};
use tokio::net::TcpListener;

/// A studio to try: answers as the upstream API would.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// File to keep bookings in; without it they are gone at the end.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Forget all bookings first.
    #[arg(long)]
    reset: bool,
    /// How date-times are written.
    #[arg(long, value_enum, default_value_t = Form::Zoned)]
    form: Form,
    /// How bookings' date-times are written, where not as slots'.
    #[arg(long, value_enum)]
    booking_form: Option<Form>,
    /// The API key with all scopes.
    #[arg(long, default_value = DEMO_KEY)]
    key: String,
    /// The studio's time zone.
    #[arg(long, default_value = "Europe/Berlin")]
    zone: Tz,
    /// Refuse more than 1,000 requests a minute for each endpoint.
    #[arg(long)]
    rate_limit: bool,
    /// Say that there is always a next slice, at the same offset.
    #[arg(long)]
    has_next_forever: bool,
    /// Instructors are `{}`.
    #[arg(long)]
    empty_instructors: bool,
    /// Name no instructors at all.
    #[arg(long)]
    no_instructors: bool,
    /// Validate with this word instead of AVAILABLE.
    #[arg(long, value_name = "WORD")]
    validation_status: Option<String>,
    /// Give bookings this status.
    #[arg(long, value_name = "WORD")]
    booking_status: Option<String>,
    /// Give appointments this status.
    #[arg(long, value_name = "WORD")]
    appointment_status: Option<String>,
    /// Let members take part with this status.
    #[arg(long, value_name = "WORD")]
    participant_status: Option<String>,
    /// Make one slot of each list unreadable.
    #[arg(long)]
    unreadable_slot: bool,
    /// List slots that end before they start.
    #[arg(long)]
    reversed_slots: bool,
    /// List the day after a window of slots too.
    #[arg(long)]
    inclusive_window: bool,
    /// Send webhooks to this address when a booking is made or cancelled.
    #[arg(long, value_name = "URL", requires = "webhook_key")]
    webhook_url: Option<String>,
    /// The key that they carry.
    #[arg(long, value_name = "KEY", requires = "webhook_url")]
    webhook_key: Option<String>,
    /// So many made-up members more, and services with room for them.
    #[arg(long, value_name = "N", default_value_t = 0)]
    crowd: u32,
    /// Allow quirks, clock and data to be changed under /demo. For tests.
    #[arg(long)]
    allow_quirks: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(error.as_ref()),
    }
}

#[expect(clippy::print_stderr, reason = "a program's last words")]
fn complain(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("demo-studio: {error}");
    ExitCode::FAILURE
}

async fn run(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let (listen, key) = (args.listen, args.key.clone());
    let studio = Studio::open(settings(args)).await?;
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|cause| format!("cannot listen on {listen}: {cause}"))?;
    greet(listener.local_addr()?, &key);
    axum::serve(listener, studio.router())
        .with_graceful_shutdown(told_to_stop())
        .await?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a program's first words")]
fn greet(at: SocketAddr, key: &str) {
    println!("The demo studio is open on http://{at} (x-api-key: {key}).");
}

/// Ctrl-C, or what a service manager sends.
async fn told_to_stop() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn settings(args: Args) -> Settings {
    Settings {
        database: args.data.clone().map_or(Database::Memory, Database::File),
        reset: args.reset,
        form: args.form.into(),
        booking_form: args.booking_form.map(Into::into),
        zone: args.zone,
        rate_limit: args.rate_limit,
        crowd: args.crowd,
        allow_quirks: args.allow_quirks,
        key: args.key.clone(),
        webhooks: args
            .webhook_url
            .clone()
            .zip(args.webhook_key.clone())
            .map(|(url, key)| Webhooks { url, key }),
        quirks: quirks(args),
        ..Settings::default()
    }
}

fn quirks(args: Args) -> Quirks {
    Quirks {
        has_next_forever: args.has_next_forever,
        empty_instructors: args.empty_instructors,
        no_instructors: args.no_instructors,
        validation_status: args.validation_status,
        booking_status: args.booking_status,
        appointment_status: args.appointment_status,
        participant_status: args.participant_status,
        unreadable_slot: args.unreadable_slot,
        reversed_slots: args.reversed_slots,
        inclusive_window: args.inclusive_window,
        ..Quirks::default()
    }
}
