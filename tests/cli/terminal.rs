//! A terminal of 80 × 24 for programs that need one.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// A program in a terminal, and what the terminal shows.
pub struct Session {
    keyboard: File,
    screen: Arc<Mutex<vt100::Parser>>,
    bytes: Arc<Mutex<Vec<u8>>>,
    pub child: Child,
}

impl Session {
    pub fn start(mut command: Command) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudoterminal");
        // A program that holds our end as well would never see it close.
        rustix::io::fcntl_setfd(&master, rustix::io::FdFlags::CLOEXEC).expect("it is not handed on");
        grantpt(&master).expect("it can be granted");
        unlockpt(&master).expect("it can be unlocked");
        let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&master, size).expect("it has a size");
        let name = ptsname(&master, Vec::new()).expect("it has a name").into_string().expect("of ASCII");
        let slave = File::options().read(true).write(true).open(name).expect("its other end");
        let end = || slave.try_clone().expect("a copy of the other end");
        let child = command.stdin(end()).stdout(end()).stderr(end()).spawn().expect("the program runs");
        drop((slave, command));
        let keyboard = File::from(master);
        let mut output = keyboard.try_clone().expect("a copy of our end");
        let screen = Arc::new(Mutex::new(vt100::Parser::new(24, 80, 0)));
        let seen = screen.clone();
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let kept = bytes.clone();
        std::thread::spawn(move || {
            let mut read = [0; 4096];
            // The other end is gone when the program ends.
            while let Ok(n @ 1..) = output.read(&mut read) {
                kept.lock().expect("the reader does not panic").extend(&read[..n]);
                seen.lock().expect("the reader does not panic").process(&read[..n]);
            }
        });
        Self { keyboard, screen, bytes, child }
    }

    pub fn press(&mut self, keys: &str) {
        // A program that was killed takes no keys.
        let _ = self.keyboard.write_all(keys.as_bytes());
    }

    pub fn text(&self) -> String {
        self.screen.lock().expect("the reader does not panic").screen().contents()
    }

    /// All that was sent to the terminal until now, with what it does not show.
    pub fn sent(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().expect("the reader does not panic")).into_owned()
    }

    /// Waits until the screen shows a text; returns all of it.
    pub fn wait_for(&self, part: &str) -> String {
        let start = Instant::now();
        loop {
            let text = self.text();
            if text.contains(part) {
                return text;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "“{part}” does not come up:\n{text}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}
