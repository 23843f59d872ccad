//! The app inside the binary (feature `embed`): nothing of it is anywhere else.

use frontdesk_proxy::config::{Settings, Source};

use crate::support::*;

#[tokio::test]
async fn pages_and_files_come_out_of_the_binary() {
    let inside = Settings::read(&Source::default()).unwrap().server.dist;
    let stage = stage_with(|settings| settings.server.dist = inside).await;
    std::fs::remove_dir_all(stage.folder.path().join("dist")).unwrap();
    let browser = stage.browser();
    let page = browser.get("/").await;
    assert!(page.status == 200 && page.text.contains("Personal training"));
    let script = page
        .text
        .split("'/frontdesk-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next());
    let script = script
        .or_else(|| page.text.split("\"/frontdesk-").nth(1)?.split('"').next())
        .unwrap();
    let file = browser
        .send(
            "GET",
            &format!("/frontdesk-{script}"),
            &[("accept-encoding", "br")],
            None,
        )
        .await;
    assert_eq!(file.status, 200);
    assert_eq!(
        file.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(file.header("content-encoding"), "br");
    assert!(file.header("etag").len() > 20);
    for nothing in ["/gone-0123.js", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        assert_eq!(browser.get(nothing).await.status, 404, "{nothing}");
    }
}
