//! The `citetrail` program; everything is in the library.

fn main() -> std::process::ExitCode {
    citetrail::cli::run()
}
