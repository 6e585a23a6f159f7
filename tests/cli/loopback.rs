//! A service on this machine that answers as a test tells it to.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What is sent back.
pub struct Reply {
    pub status: u16,
    pub body: String,
    /// Before anything is sent.
    pub after: Duration,
}

impl Reply {
    pub fn ok(body: impl Into<String>) -> Self {
        Self { status: 200, body: body.into(), after: Duration::ZERO }
    }

    pub fn status(status: u16) -> Self {
        Self { status, body: String::new(), after: Duration::ZERO }
    }

    pub fn after(self, milliseconds: u64) -> Self {
        Self { after: Duration::from_millis(milliseconds), ..self }
    }
}

/// A running service; its threads end with the test process.
pub struct Service {
    pub url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Service {
    /// Answers each path and query as told.
    pub fn start(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it has an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&asked), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &log, &*answer));
            }
        });
        Self { url, asked }
    }

    /// The paths and queries so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nothing panics with it").clone()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<String>>, answer: &(dyn Fn(&str) -> Reply + Send + Sync)) {
    let Ok(copy) = stream.try_clone() else { return };
    let head: Vec<String> =
        BufReader::new(copy).lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    log.lock().expect("nothing panics with it").push(path.clone());
    let Reply { status, body, after } = answer(&path);
    std::thread::sleep(after);
    let head = format!("HTTP/1.1 {status} Told\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    // The client may have had enough.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}
