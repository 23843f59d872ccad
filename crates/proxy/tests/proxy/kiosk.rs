//! Kiosks.
