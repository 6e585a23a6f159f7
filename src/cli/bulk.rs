//! Work on many things at a time, with the answers in their order.

use std::any::Any;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Condvar, Mutex, PoisonError};

use super::error::CliError;
use super::output::Console;

/// How far a worker may be ahead of the file that is written next, for each worker: it bounds what waits in memory.
const AHEAD: usize = 16;
/// Readers recurse to a bounded depth, which fits the stack of a main thread.
const STACK: usize = 8 << 20;

/// How many files are worked on at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Jobs(usize);

impl Jobs {
    /// So many, or, for 0, as many as there are processors.
    pub fn of(wanted: usize) -> Self {
        let available = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self(if wanted == 0 { available() } else { wanted.min(256) })
    }
}

/// Where the work is.
#[derive(Debug, Default)]
struct Turn {
    /// The next item to begin with, and to hand on.
    next: usize,
    written: usize,
    is_over: bool,
}

/// Does `work` for each file and hands what it answers to `write`, in the order of the files; says how many failed.
/// What is an error of one file is its answer, too.
pub(super) fn each(
    files: &[PathBuf],
    jobs: Jobs,
    work: impl Fn(&Path) -> Result<String, String> + Sync,
    console: &Console,
    write: impl Fn(&str) -> Result<(), CliError>,
) -> Result<usize, CliError> {
    let mut failed = 0;
    let result = in_order(
        files,
        jobs,
        |file| work(file),
        |index, answer| {
            let answer = answer.unwrap_or_else(|what| Err(defect(&files[index], &what)));
            failed += usize::from(answer.is_err());
            let (Ok(text) | Err(text)) = answer;
            console.progress("");
            write(&text)?;
            if files.len() > 1 {
                console.progress(&format!("{}/{} {}", index + 1, files.len(), files[index].display()));
            }
            Ok(())
        },
    );
    console.progress("");
    result.map(|()| failed)
}

/// Does `work` for each item on several threads and hands the answers to `take` in the order of the items. A defect of
/// ours costs the item it showed in, not the others: its answer is what the panic said.
pub(super) fn in_order<T: Sync, A: Send>(
    items: &[T],
    Jobs(jobs): Jobs,
    work: impl Fn(&T) -> A + Sync,
    mut take: impl FnMut(usize, Result<A, String>) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let turn = Mutex::new(Turn::default());
    let changed = Condvar::new();
    let (sender, receiver) = mpsc::channel::<(usize, Result<A, String>)>();
    let jobs = jobs.min(items.len()).max(1);
    let worker = |sender: mpsc::Sender<_>| {
        loop {
            let mut state = turn.lock().unwrap_or_else(PoisonError::into_inner);
            while !state.is_over && state.next < items.len() && state.next >= state.written + jobs * AHEAD {
                state = changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            if state.is_over || state.next >= items.len() {
                return;
            }
            let index = state.next;
            state.next += 1;
            drop(state);
            let answer =
                catch_unwind(AssertUnwindSafe(|| work(&items[index]))).map_err(|panic| what_it_said(panic.as_ref()));
            if sender.send((index, answer)).is_err() {
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        for started in 0..jobs {
            let sender = sender.clone();
            match std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || worker(sender)) {
                Ok(_) => {}
                Err(error) if started == 0 => {
                    return Err(CliError::Message(format!("cannot start a thread: {error}")));
                }
                // Fewer do the work, too.
                Err(_) => break,
            }
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut written = 0;
        let mut result = Ok(());
        while let Ok((index, answer)) = receiver.recv() {
            waiting.insert(index, answer);
            while let Some(answer) = waiting.remove(&written) {
                result = take(written, answer);
                written += 1;
                let mut state = turn.lock().unwrap_or_else(PoisonError::into_inner);
                state.written = written;
                state.is_over = result.is_err();
                changed.notify_all();
                if result.is_err() {
                    break;
                }
            }
            if result.is_err() {
                break;
            }
        }
        result
    })
}

fn what_it_said(panic: &(dyn Any + Send)) -> String {
    let what = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    what.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

fn defect(file: &Path, what: &str) -> String {
    let message = format!("a defect of citetrail ({what}); please report it with the file");
    format!("{}\n", serde_json::json!({"file": file.display().to_string(), "error": message}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::output::Color;

    #[test]
    fn answers_come_in_the_order_of_the_files() {
        let files: Vec<PathBuf> = (0..300).map(|i| PathBuf::from(format!("{i}"))).collect();
        let console = Console::new(Color::Never, true);
        for jobs in [1, 3, 8] {
            let written = Mutex::new(Vec::new());
            let work = |path: &Path| {
                let number: usize = path.display().to_string().parse().unwrap();
                // Later files are done earlier.
                if number.is_multiple_of(7) {
                    std::thread::yield_now();
                }
                assert!(number != 13, "unlucky");
                if number % 100 == 50 { Err(format!("{number}!")) } else { Ok(number.to_string()) }
            };
            let write = |text: &str| {
                written.lock().unwrap().push(text.to_owned());
                Ok(())
            };
            let failed = each(&files, Jobs::of(jobs), work, &console, write).unwrap();
            assert_eq!(failed, 4);
            let written = written.into_inner().unwrap();
            assert_eq!(written.len(), 300);
            assert!(written[13].contains("unlucky") && written[50] == "50!" && written[299] == "299");
        }
        let stop = each(&files, Jobs::of(4), |_| Ok(String::new()), &console, |_| Err(CliError::ClosedPipe));
        assert!(stop.is_err());
    }
}
