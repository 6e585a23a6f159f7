//! Running the binary in a folder of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A small document of our own: a lead, an outline with citations, a list, a preview's end.
pub const ENTRY: &str = "\
Example Disease

  • Reference work entry
Handbook of Examples

Example disease is rare (Abel et al. 2001) and mild.

Causes

  1. 1.

    Inherited forms (Baker and Cole 2002)

    1. a.

      Early onset

      1. i.

        With fever

    2. b.

      Late onset (Dorn 1999)

  2. 2.

    Acquired forms

This is a preview of subscription content, log in to check access.

References

  • Abel, A., Boon, B., Clay, C., et al. (2001). Rare things seen twice. Journal of Examples, 12, 34–56.

    Article  Google Scholar 

  • Baker, D., & Cole, E. F. (2002). Families and examples. Annals of Samples, 3(4), 5–9. https://doi.org/10.5555/example.2

  • Dorn, G. (1998). Late onset in theory. Old Journal, 1, 1–2.

  • Ebert, H. (1990). Never cited. Old Journal, 2, 3–4.

Download references
";

/// A folder to run the program in.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    /// A folder with [`ENTRY`] as `entry.txt`.
    pub fn with_entry() -> Self {
        let folder = Self::new();
        folder.write("entry.txt", ENTRY);
        folder
    }

    /// A project into which [`ENTRY`] was loaded.
    pub fn with_project() -> Self {
        let folder = Self::with_entry();
        folder.ok(&["init"]);
        folder.ok(&["load", "entry.txt"]);
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.file(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        std::fs::write(path, content).expect("the file can be written");
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("citetrail").expect("the binary is built");
        command.current_dir(self.path()).args(args).env_remove("NO_COLOR").env("COLUMNS", "80");
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the binary runs")
    }

    /// Standard output of a run that ends well.
    pub fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Standard output of a run that is to end with a status.
    pub fn status(&self, args: &[&str], status: i32) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(status), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Standard error of a run, with its status.
    pub fn errors(&self, args: &[&str]) -> (i32, String) {
        let output = self.run(args);
        (output.status.code().expect("it was not killed"), text(&output.stderr))
    }

    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        let output = self.run(args);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}: {}", text(&output.stderr)))
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The shared sample data beside the project, if it is there. A test that needs it says so when it is not.
pub fn shared(part: &str) -> Option<PathBuf> {
    let root = std::env::var_os("CITETRAIL_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let path = root.join(part);
    if path.exists() {
        return Some(path);
    }
    skipped(&format!("no sample data at {}", path.display()));
    None
}

/// Says why a test does not run; also where what tests print is not shown, for that holds only for the printing macros.
pub fn skipped(why: &str) {
    let thread = std::thread::current();
    let _ = writeln!(std::io::stderr(), "skipped: {}: {why}", thread.name().unwrap_or("a test"));
}
