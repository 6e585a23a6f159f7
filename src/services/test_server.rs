//! A service on this machine that answers as a test tells it to.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What is sent back.
pub(super) enum Reply {
    /// Status, further header lines, body.
    Full(u16, Vec<String>, Vec<u8>),
    /// Bytes as they are, then the connection ends.
    Raw(Vec<u8>),
    /// Nothing for a while.
    Silence,
    /// A body without end.
    Endless,
}

impl Reply {
    pub(super) fn ok(body: &str) -> Self {
        Self::Full(200, Vec::new(), body.as_bytes().to_vec())
    }

    pub(super) fn status(status: u16) -> Self {
        Self::Full(status, Vec::new(), Vec::new())
    }

    pub(super) fn with(status: u16, header: &str) -> Self {
        Self::Full(status, vec![header.to_owned()], Vec::new())
    }
}

/// A running server. Its thread ends with the test process.
pub(super) struct Server {
    pub(super) url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server that answers the `n`-th request (from 0) for a path and query as told.
    pub(super) fn start(answer: impl Fn(usize, &str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("the listener has an address"));
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

    /// The head of each request so far, in order.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no thread of the server panics").clone()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<String>>, answer: &(dyn Fn(usize, &str) -> Reply + Send + Sync)) {
    let Ok(copy) = stream.try_clone() else { return };
    let mut head = String::new();
    for line in BufReader::new(copy).lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
        head.push_str(&line);
        head.push('\n');
    }
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let number = {
        let mut log = log.lock().expect("no thread of the server panics");
        log.push(head);
        log.len() - 1
    };
    // The client may have had enough: what cannot be written is not.
    let _ = match answer(number, &path) {
        Reply::Full(status, headers, body) => {
            let mut out = format!("HTTP/1.1 {status} Told\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
            headers.iter().for_each(|line| out.push_str(&format!("{line}\r\n")));
            out.push_str("\r\n");
            stream.write_all(out.as_bytes()).and_then(|()| stream.write_all(&body))
        }
        Reply::Raw(bytes) => stream.write_all(&bytes),
        Reply::Silence => {
            std::thread::sleep(std::time::Duration::from_secs(3));
            Ok(())
        }
        Reply::Endless => {
            let head = b"HTTP/1.1 200 Told\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
            let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
            stream.write_all(head).and_then(|()| {
                loop {
                    stream.write_all(chunk.as_bytes())?;
                }
            })
        }
    };
}
