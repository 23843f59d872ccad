//! Pictures of the services, drawn for this project and part of the program. No key, as with the upstream's.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};

use super::error::Problem;

static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/pictures");

pub(super) async fn picture(Path(name): Path<String>) -> Result<Response, Problem> {
    let drawn = PICTURES.get_file(&name).filter(|_| name.ends_with(".svg"));
    let drawing = drawn.ok_or(Problem::NotFound("picture"))?.contents();
    let headers = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CACHE_CONTROL, "public, max-age=3600"),
    ];
    Ok((headers, drawing).into_response())
}
