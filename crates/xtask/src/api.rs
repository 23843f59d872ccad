//! Schemathesis asks the proxy on the demo studio everything that its own document says, right and wrong: once as a member,
//! once as nobody. Each operation is a check.

use std::path::{Path, PathBuf};

use crate::count::{self, Count};
use crate::debian;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::run::{ask, command, find, run};
use crate::say::step;
use crate::server::Server;
use crate::web::{self, Care};

/// How many requests of each operation at random; those at the bounds come besides.
const AS_MEMBER: &str = "20";
const AS_NOBODY: &str = "5";
/// They would end the session, and lock the address out.
const NOT_AS_MEMBER: [&str; 6] = [
    "--exclude-operation-id",
    "signOut",
    "--exclude-operation-id",
    "signOutEverywhere",
    "--exclude-operation-id",
    "signIn",
];
/// What the upstream's webhooks are known by; the suite's own.
const WEBHOOK_KEY: &str = "a-key-of-webhooks-for-a-suite";
/// Everything that can be switched on, so that all of it is asked.
const SETTINGS: [(&str, &str); 5] = [
    ("FRONTDESK_DEMO_MAIL", "true"),
    ("FRONTDESK_HANDOFF_ISSUER", "https://www.studio.example"),
    ("FRONTDESK_HANDOFF_AUDIENCE", "https://book.studio.example"),
    (
        "FRONTDESK_HANDOFF_KEY",
        "YS1rZXktb2YtYS1zdWl0ZS10aGF0LW5vYm9keS1rbm93cw==",
    ),
    ("FRONTDESK_WEBHOOK_KEY", WEBHOOK_KEY),
];
/// Of the demo studio's members.
const MEMBER: (&str, &str) = ("M-1001", "1990-04-12");

pub(crate) fn api(place: &Place) -> Result<Count> {
    let schemathesis = schemathesis(place)?;
    web::build(place, Care::Start)?;
    web::build_proxy(place)?;
    let proxy = Server::start_with(place, &SETTINGS)?;
    let session = proxy.sign_in(MEMBER.0, MEMBER.1)?;
    let member = asked(
        place,
        &schemathesis,
        &proxy,
        &session,
        "member",
        &[&["--max-examples", AS_MEMBER], &NOT_AS_MEMBER[..]].concat(),
    )?;
    let nobody = asked(
        place,
        &schemathesis,
        &proxy,
        "of-nobody",
        "nobody",
        &["--max-examples", AS_NOBODY],
    )?;
    Ok(member.plus(nobody))
}

/// One run, counted from the report that it writes and never from one of an earlier run.
fn asked(
    place: &Place,
    program: &Path,
    proxy: &Server,
    session: &str,
    who: &str,
    more: &[&str],
) -> Result<Count> {
    step(format!("schemathesis: as {who}"));
    let report = place.at(&format!("target/api-{who}.xml"));
    let _ = std::fs::remove_file(&report);
    let mut st = command(place, program, &["--config-file", "schemathesis.toml", "run"]);
    let origin = format!("http://{}", proxy.address());
    st.current_dir(place.at("tests/api"))
        .arg(format!("{origin}/openapi.json"))
        .args([
            "--header",
            &format!("Origin: {origin}"),
            "--seed",
            "1",
            "--no-color",
        ])
        .args(["--report", "junit", "--report-junit-path"])
        .arg(&report)
        .args(more)
        .env("FRONTDESK_API_SESSION", session)
        .env("FRONTDESK_API_WEBHOOK", WEBHOOK_KEY);
    let succeeded = run(&mut st).is_ok();
    let text = std::fs::read_to_string(&report).map_err(Error::io("reading schemathesis's report"))?;
    let count = count::junit(&text)
        .ok_or_else(|| Error::Unreadable(format!("{} is no report of schemathesis's", report.display())))?;
    Ok(count.of_runner(succeeded))
}

/// In an environment of its own, exactly as tests/api/requirements.txt has it.
fn schemathesis(place: &Place) -> Result<PathBuf> {
    let home = place.tools().join("schemathesis");
    let program = home.join("bin/st");
    let wanted = std::fs::read_to_string(place.at("tests/api/requirements.txt"))
        .map_err(Error::io("reading tests/api/requirements.txt"))?;
    let has = ask(&mut command(place, home.join("bin/pip"), &["freeze", "--quiet"]));
    if has.is_some_and(|has| has.trim() == wanted.trim()) {
        return Ok(program);
    }
    step("schemathesis: installing into target/tools");
    environment(place, &home)?;
    let mut pip = command(
        place,
        home.join("bin/pip"),
        &[
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ],
    );
    run(pip.arg(place.at("tests/api/requirements.txt")))?;
    Ok(program)
}

/// Debian keeps the module that makes one in a package of its own.
fn environment(place: &Place, home: &Path) -> Result<()> {
    let make = || run(command(place, "python3", &["-m", "venv", "--clear"]).arg(home));
    if find(place, "python3").is_some() && make().is_ok() {
        return Ok(());
    }
    debian::install(place, "python3", &["python3", "python3-venv"])?;
    make()
}
