//! How often and how many at a time a service is asked.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Never more at once, whatever a service says: the rates that services name are not always kept.
const AT_ONCE: usize = 3;

/// Failures in a row after which a service is left alone.
const FAILURES: u32 = 4;

/// The pace of one service, shared by all threads that ask it.
#[derive(Debug)]
pub(super) struct Pace {
    state: Mutex<State>,
    turn_ended: Condvar,
}

#[derive(Debug)]
struct State {
    /// When the next request may begin.
    next: Instant,
    interval: Duration,
    running: usize,
    at_once: usize,
    failures: u32,
}

/// The right to make one request; ends when dropped.
#[derive(Debug)]
pub(super) struct Turn<'a>(&'a Pace);

impl Pace {
    pub(super) fn new(interval: Duration) -> Self {
        let state = State { next: Instant::now(), interval, running: 0, at_once: AT_ONCE, failures: 0 };
        Self { state: Mutex::new(state), turn_ended: Condvar::new() }
    }

    /// Waits for a turn; `None` when the service failed too often to be asked again.
    pub(super) fn turn(&self) -> Option<Turn<'_>> {
        let mut state = self.lock();
        while state.running >= state.at_once {
            state = self.turn_ended.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.failures >= FAILURES {
            return None;
        }
        state.running += 1;
        let begin = state.next.max(Instant::now());
        state.next = begin + state.interval;
        drop(state);
        std::thread::sleep(begin.saturating_duration_since(Instant::now()));
        Some(Turn(self))
    }

    /// Takes over what an answer says of the rate: so many requests in such a time, so many at once.
    pub(super) fn learn(&self, rate: Option<(u32, Duration)>, at_once: Option<usize>) {
        let mut state = self.lock();
        if let Some((requests @ 1.., time)) = rate {
            state.interval = (time / requests).clamp(Duration::from_millis(10), Duration::from_secs(10));
        }
        if let Some(number) = at_once {
            state.at_once = number.clamp(1, AT_ONCE);
        }
    }

    /// Nobody begins a request before this time has passed.
    pub(super) fn pause(&self, time: Duration) {
        let mut state = self.lock();
        state.next = state.next.max(Instant::now() + time);
    }

    /// Counts failures in a row.
    pub(super) fn ended_well(&self, well: bool) {
        let mut state = self.lock();
        state.failures = if well { 0 } else { state.failures + 1 };
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Plain numbers are whole whatever the thread that held them died of.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
        self.0.turn_ended.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_turns_at_once_than_allowed() {
        let pace = Pace::new(Duration::ZERO);
        pace.learn(None, Some(1));
        let first = pace.turn();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| pace.turn().is_some());
            std::thread::sleep(Duration::from_millis(30));
            assert!(!second.is_finished());
            drop(first);
            assert!(second.join().unwrap());
        });
    }

    #[test]
    fn turns_keep_their_distance_and_pauses() {
        let pace = Pace::new(Duration::ZERO);
        pace.learn(Some((50, Duration::from_secs(1))), None);
        let start = Instant::now();
        for _ in 0..4 {
            drop(pace.turn());
        }
        assert!(start.elapsed() >= Duration::from_millis(60), "{:?}", start.elapsed());
        pace.pause(Duration::from_millis(50));
        let start = Instant::now();
        drop(pace.turn());
        assert!(start.elapsed() >= Duration::from_millis(50));
    }

    #[test]
    fn a_service_that_keeps_failing_is_left_alone() {
        let pace = Pace::new(Duration::ZERO);
        for _ in 0..FAILURES {
            assert!(pace.turn().is_some());
            pace.ended_well(false);
        }
        assert!(pace.turn().is_none());
    }
}
