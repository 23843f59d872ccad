//! How many tests ran, read from what each runner itself says. Believes a runner's count, never its silence.

use serde_json::Value;

/// Passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Count {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }

    /// A check that either holds or does not.
    pub(crate) fn one(holds: bool) -> Self {
        Self {
            passed: u64::from(holds),
            failed: u64::from(!holds),
        }
    }

    /// The count of a runner that ended so. A runner that failed without naming a test (it did not compile, it was killed)
    /// and one that ran nothing are failures of their own.
    pub(crate) fn of_runner(self, succeeded: bool) -> Self {
        let silent = (!succeeded && self.failed == 0) || self == Self::default();
        Self {
            failed: self.failed + u64::from(silent),
            ..self
        }
    }
}

/// The sum of all `test result:` lines of libtest and of wasm-bindgen's test runner.
pub(crate) fn libtest(output: &str) -> Count {
    let lines = output
        .lines()
        .filter_map(|line| line.trim().strip_prefix("test result: "));
    lines.map(result_line).fold(Count::default(), Count::plus)
}

/// `ok. 12 passed; 0 failed; 1 ignored; ...`
fn result_line(line: &str) -> Count {
    let counts = line.split_once(". ").map_or(line, |(_, counts)| counts);
    let number = |what: &str| {
        let part = counts.split("; ").find_map(|part| part.strip_suffix(what));
        part.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    Count {
        passed: number(" passed"),
        failed: number(" failed"),
    }
}

/// Playwright's JSON report. A flaky test counts as failed: with no retries there is none. So does a skipped one (`fixme`),
/// for what it would say is known to be wrong. `None` where it does not read.
pub(crate) fn playwright(report: &str) -> Option<Count> {
    let report: Value = serde_json::from_str(report).ok()?;
    let stats = report.get("stats")?;
    let number = |name: &str| stats.get(name).and_then(Value::as_u64);
    let errors = report.get("errors").and_then(Value::as_array).map_or(0, Vec::len);
    let failed = ["unexpected", "flaky", "skipped"]
        .iter()
        .try_fold(0, |sum, name| Some(sum + number(name)?))?;
    Some(Count {
        passed: number("expected")?,
        failed: failed + u64::try_from(errors).unwrap_or(1),
    })
}

/// A report in JUnit's form: the sums in its first element. What was skipped was looked at by nobody. `None` where it does
/// not read.
pub(crate) fn junit(report: &str) -> Option<Count> {
    let sums = report.split_once("<testsuites ")?.1.split_once('>')?.0;
    let number = |name: &str| -> Option<u64> {
        let value = sums.split_once(&format!("{name}=\""))?.1;
        value.split_once('"')?.0.parse().ok()
    };
    let failed = number("failures")? + number("errors")? + number("skipped")?;
    Some(Count {
        passed: number("tests")?.checked_sub(failed)?,
        failed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_line_counts_and_nothing_else_does() {
        let output = "running 2 tests\ntest a ... ok\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n\
            test result: FAILED. 5 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1.20s\n\
            a test printed 9 passed; 9 failed\n";
        assert_eq!(libtest(output), Count { passed: 7, failed: 3 });
    }

    #[test]
    fn the_browsers_runner_says_it_alike() {
        let line = "test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s";
        assert_eq!(libtest(line), Count { passed: 4, failed: 0 });
    }

    #[test]
    fn a_runner_that_ran_nothing_failed() {
        assert_eq!(Count::default().of_runner(true).failed, 1);
        assert_eq!(Count { passed: 3, failed: 0 }.of_runner(false).failed, 1);
        assert_eq!(Count { passed: 3, failed: 2 }.of_runner(false).failed, 2);
        assert_eq!(Count { passed: 3, failed: 0 }.of_runner(true).failed, 0);
    }

    #[test]
    fn playwrights_report_is_read_with_its_own_errors() {
        let report =
            r#"{"errors":[{"message":"x"}],"stats":{"expected":5,"skipped":0,"unexpected":2,"flaky":0}}"#;
        assert_eq!(playwright(report), Some(Count { passed: 5, failed: 3 }));
        assert_eq!(playwright("{}"), None);
    }

    #[test]
    fn junits_sums_are_read_and_nothing_of_what_failed() {
        let report = r#"<?xml version="1.0"?>
            <testsuites errors="1" failures="2" skipped="0" tests="15" time="2.5">
            <testsuite name="x" errors="9" failures="9" skipped="9" tests="99"></testsuite></testsuites>"#;
        assert_eq!(
            junit(report),
            Some(Count {
                passed: 12,
                failed: 3
            })
        );
        assert_eq!(junit("<testsuites tests=\"x\">"), None);
        assert_eq!(junit("<html>"), None);
    }

    #[test]
    fn a_test_left_out_has_not_passed() {
        let report = r#"{"errors":[],"stats":{"expected":5,"skipped":6,"unexpected":0,"flaky":0}}"#;
        assert_eq!(playwright(report), Some(Count { passed: 5, failed: 6 }));
    }
}
