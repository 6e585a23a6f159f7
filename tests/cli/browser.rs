//! A headless Chromium, driven over a pair of pipes (Chrome DevTools Protocol, messages ended by a zero byte).

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// A browser with one page. It ends with the value.
pub struct Browser {
    child: Child,
    to: File,
    from: BufReader<File>,
    session: String,
    number: u64,
    /// What the page said on its console, and what it failed in.
    complaints: Vec<String>,
    /// Set once the process is about to be waited for: from then on its number may be another's.
    ended: Arc<Mutex<bool>>,
    _folder: TempDir,
}

impl Browser {
    /// Starts a browser, if there is one; a test that needs it says so when there is none.
    pub fn start() -> Option<Self> {
        let Some(program) = program() else {
            super::support::skipped("no Chromium on the path");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder for the browser");
        let [input, output] = ["input", "output"].map(|name| folder.path().join(name));
        assert!(Command::new("mkfifo").args([&input, &output]).status().expect("mkfifo runs").success());
        let profile = folder.path().join("profile");
        let child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<\"$INPUT\" 4>\"$OUTPUT\"", program])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--remote-debugging-pipe", &format!("--user-data-dir={}", profile.display()), "about:blank"])
            .env("INPUT", &input)
            .env("OUTPUT", &output)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell runs");
        let ended = Arc::new(Mutex::new(false));
        end_after(child.id(), Duration::from_secs(120), Arc::clone(&ended));
        let to = OpenOptions::new().write(true).open(&input).expect("the browser reads");
        let from = BufReader::new(File::open(&output).expect("the browser writes"));
        let mut browser =
            Self { child, to, from, session: String::new(), number: 0, complaints: Vec::new(), ended, _folder: folder };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attached = json!({ "targetId": target["targetId"], "flatten": true });
        let session = browser.call("Target.attachToTarget", attached);
        browser.session = session["sessionId"].as_str().expect("a session has an id").to_owned();
        for domain in ["Page", "Runtime", "Log"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    /// From the next page on no script of a page runs.
    pub fn without_scripts(&mut self) {
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    }

    /// Presses the tab key.
    pub fn tab(&mut self) {
        for kind in ["keyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
            self.call("Input.dispatchKeyEvent", key);
        }
    }

    /// Opens a file and waits until it is loaded.
    pub fn open(&mut self, file: &Path) {
        self.call("Page.navigate", json!({ "url": format!("file://{}", file.display()) }));
        loop {
            if self.message()["method"] == "Page.loadEventFired" {
                return;
            }
        }
    }

    /// The value of the last of some statements in the page; of a promise, what it comes to.
    pub fn evaluate(&mut self, statements: &str) -> String {
        let (before, last) = statements.rsplit_once("; ").unwrap_or(("", statements));
        let expression = format!("(async () => {{ {before}; return {last} }})()");
        let wanted = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.call("Runtime.evaluate", wanted);
        assert!(answer["exceptionDetails"].is_null(), "{statements}: {answer}");
        answer["result"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// What the page complained of so far.
    pub fn complaints(&mut self) -> Vec<String> {
        // Whatever happened before this call was said before its answer.
        self.call("Runtime.evaluate", json!({ "expression": "0" }));
        self.complaints.clone()
    }

    fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.number += 1;
        let mut message = json!({ "id": self.number, "method": method, "params": parameters });
        if !self.session.is_empty() {
            message["sessionId"] = self.session.as_str().into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("the browser listens");
        loop {
            let message = self.message();
            if message["id"] == self.number {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
        }
    }

    fn message(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).expect("the browser speaks");
        assert_eq!(bytes.pop(), Some(0), "the browser ended");
        let message: Value = serde_json::from_slice(&bytes).expect("messages are JSON");
        if let Some("Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded") =
            message["method"].as_str()
        {
            self.complaints.push(message["params"].to_string());
        }
        message
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        *self.ended.lock().expect("nothing panics with it") = true;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let path = std::env::var_os("PATH")?;
    names.into_iter().find(|name| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// A browser that hangs must not hang the tests.
fn end_after(process: u32, time: Duration, ended: Arc<Mutex<bool>>) {
    std::thread::spawn(move || {
        std::thread::sleep(time);
        let ended = ended.lock().expect("nothing panics with it");
        if !*ended {
            let _ = Command::new("kill").args(["-9", &process.to_string()]).status();
        }
    });
}
