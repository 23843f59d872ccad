//! A PostgreSQL of its own for the tests, from Debian's package: an empty cluster on a socket in its own folder, gone with
//! the command. Knows nothing of what is kept in it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::debian;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::run::{ask, command, find, run};
use crate::say::step;

/// Where tests look for a server in which each of them makes databases of its own.
pub(crate) const ADDRESS: &str = "FRONTDESK_TEST_POSTGRES";
/// Who owns everything in it, whoever runs it.
const OWNER: &str = "frontdesk";
/// PostgreSQL runs for no root; Debian's package makes this user.
const INSTEAD_OF_ROOT: &str = "postgres";

/// Ends, and its data is gone, when dropped; with Ctrl-C it ends as the command does.
pub(crate) struct Postgres {
    server: Child,
    folder: PathBuf,
}

impl Postgres {
    /// Returns once it takes connections.
    pub(crate) fn start(place: &Place) -> Result<Self> {
        let binaries = binaries(place)?;
        let user = User::of(place);
        let folder = user.folder(place)?;
        step("postgresql: starting a server for the tests");
        let data = folder.join("data");
        let mut init = user.command(place, &binaries.join("initdb"));
        init.arg("--pgdata").arg(&data);
        init.args([
            "--username",
            OWNER,
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--no-locale",
        ]);
        run(init.args(["--no-sync"]).stdout(Stdio::null()))?;
        let mut postgres = user.command(place, &binaries.join("postgres"));
        postgres.arg("-D").arg(&data).arg("-k").arg(&folder);
        // No port, no waiting for the disk, room for many tests at once.
        postgres.args([
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",
            "-c",
            "max_connections=200",
        ]);
        let log = std::fs::File::create(folder.join("log")).map_err(Error::io("making its log"))?;
        let server = postgres
            .stderr(log)
            .stdout(Stdio::null())
            .spawn()
            .map_err(Error::io("starting postgres"))?;
        let mut started = Self { server, folder };
        started.wait(place, &binaries)?;
        Ok(started)
    }

    /// `postgres://...`, of a database that tests may make others from.
    pub(crate) fn address(&self) -> String {
        let folder = self.folder.display();
        format!("postgres://{OWNER}@localhost/postgres?host={folder}")
    }

    fn wait(&mut self, place: &Place, binaries: &Path) -> Result<()> {
        let folder = self.folder.display().to_string();
        for _ in 0..300 {
            let mut ready = command(place, binaries.join("pg_isready"), &["-q", "-h", &folder]);
            if ask(&mut ready).is_some() {
                return Ok(());
            }
            if matches!(self.server.try_wait(), Ok(Some(_))) {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(Error::Unreadable(format!(
            "postgres does not start: {}",
            log.trim()
        )))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // INT: it ends at once, and cleans up; a KILL would leave its children to find out.
        let pid = self.server.id().to_string();
        let _ = Command::new("kill").args(["-INT", &pid]).status();
        let _ = self.server.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The folder with `initdb` and `postgres`: the newest of Debian's, which are not on PATH, else one on PATH.
fn binaries(place: &Place) -> Result<PathBuf> {
    if let Some(found) = installed(place) {
        return Ok(found);
    }
    debian::install(place, "postgresql", &["postgresql"])?;
    installed(place).ok_or_else(|| Error::Unreadable("postgresql was installed and is not there".to_owned()))
}

fn installed(place: &Place) -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok();
    let debians = versions.into_iter().flatten().flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let folder = entry.path().join("bin");
        folder.join("initdb").is_file().then_some((version, folder))
    });
    let on_path = || find(place, "initdb")?.parent().map(Path::to_path_buf);
    debians.max().map(|(_, folder)| folder).or_else(on_path)
}

/// As whom it runs.
struct User {
    root: bool,
}

impl User {
    fn of(place: &Place) -> Self {
        let root = ask(&mut command(place, "id", &["-u"])).is_some_and(|id| id == "0");
        Self { root }
    }

    /// Dies with this command, however that ends.
    fn command(&self, place: &Place, program: &Path) -> Command {
        let mut command = command(place, "setpriv", &["--pdeathsig", "INT"]);
        if self.root {
            let other = [
                "--reuid",
                INSTEAD_OF_ROOT,
                "--regid",
                INSTEAD_OF_ROOT,
                "--init-groups",
            ];
            command.args(other);
        }
        command.arg(program);
        command
    }

    /// A folder of its own under target/; under /tmp where another user may not come near that, or its name is too long
    /// for a socket's.
    fn folder(&self, place: &Place) -> Result<PathBuf> {
        let name = format!("postgres-{}", std::process::id());
        let near = place.notes().join(&name);
        let short = near.as_os_str().len() < 80;
        if short && self.make(place, &near).is_ok() {
            return Ok(near);
        }
        let _ = std::fs::remove_dir_all(&near);
        let far = std::env::temp_dir().join(format!("frontdesk-{name}"));
        self.make(place, &far).map(|()| far)
    }

    fn make(&self, place: &Place, folder: &Path) -> Result<()> {
        std::fs::create_dir_all(folder).map_err(Error::io("making a folder for PostgreSQL"))?;
        if self.root {
            run(command(place, "chown", &[INSTEAD_OF_ROOT]).arg(folder))?;
        }
        run(self.command(place, Path::new("test")).arg("-w").arg(folder))
    }
}
