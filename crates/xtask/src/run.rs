//! Running other programs. Each command of the project is made here; nothing is known of what it is for.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{Error, Result};
use crate::place::Place;

/// A command in the project's root, with the project's own tools first on PATH and nothing to read from.
pub(crate) fn command(place: &Place, program: impl AsRef<OsStr>, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(args)
        .current_dir(place.root())
        .env("PATH", path(place))
        .stdin(Stdio::null());
    command
}

/// PATH with the project's own tools in front.
fn path(place: &Place) -> std::ffi::OsString {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let own = [place.bin(), npm_bin(place)];
    std::env::join_paths(own.into_iter().chain(std::env::split_paths(&old))).unwrap_or(old)
}

/// A program of the system's, with what lies in its own folder first on PATH and none of the project's tools.
pub(crate) fn beside(place: &Place, program: &Path) -> Command {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let own = program.parent().map(Path::to_path_buf);
    let path = std::env::join_paths(own.into_iter().chain(std::env::split_paths(&old)));
    let mut command = command(place, program, &[]);
    command.env("PATH", path.unwrap_or(old));
    command
}

/// Where npm puts the binaries of what it installs for us.
fn npm_bin(place: &Place) -> PathBuf {
    place.tools().join("node_modules/.bin")
}

/// Takes away what the person's shell sets for a proxy of their own: a suite must not meet their tenant, nor their data.
pub(crate) fn without_settings(command: &mut Command) -> &mut Command {
    let set = std::env::vars_os().map(|(name, _)| name);
    for name in set.filter(|name| name.to_string_lossy().starts_with("FRONTDESK_")) {
        command.env_remove(name);
    }
    command
}

/// Runs to the end; whatever it prints goes straight to the terminal.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().map_err(Error::io(format!("starting {shown}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::Failed { command: shown })
    }
}

/// Runs silently; what it wrote to stdout, or nothing if it is not there or said no.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Runs to the end, shows stdout as it comes and keeps it: (it succeeded, what it printed).
pub(crate) fn tee(command: &mut Command) -> Result<(bool, String)> {
    let doing = format!("running {}", shown(command));
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(Error::io(doing.clone()))?;
    let mut kept = String::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(Error::io(doing.clone()))?;
            show(&line);
            kept.push_str(&String::from_utf8_lossy(&line));
            kept.push('\n');
        }
    }
    let status = child.wait().map_err(Error::io(doing))?;
    Ok((status.success(), kept))
}

/// A closed terminal must not end the tests half way.
fn show(line: &[u8]) {
    let mut out = std::io::stdout().lock();
    let _ = out
        .write_all(line)
        .and_then(|()| out.write_all(b"\n"))
        .and_then(|()| out.flush());
}

/// Where a program of this name is on PATH, the project's own tools included.
pub(crate) fn find(place: &Place, name: &str) -> Option<PathBuf> {
    on(&path(place), name)
}

/// Where it is on the person's own PATH.
pub(crate) fn find_outside(name: &str) -> Option<PathBuf> {
    on(&std::env::var_os("PATH").unwrap_or_default(), name)
}

fn on(path: &OsStr, name: &str) -> Option<PathBuf> {
    std::env::split_paths(path)
        .map(|folder| folder.join(name))
        .find(|file| executable(file))
}

#[cfg(unix)]
fn executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn executable(file: &Path) -> bool {
    file.is_file() || file.with_extension("exe").is_file()
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}
