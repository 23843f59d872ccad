//! Starts the app in a browser, and nothing else.

fn main() {
    #[cfg(feature = "hydrate")]
    frontdesk::browser::start();
}
