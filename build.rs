//! Unpacks the archive of citation styles and locales, so that the program carries each as a file of its own and
//! decodes only the two or three it needs: the archive decodes all locales or none, which takes longer than
//! everything else that answering a question does.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use hayagriva::archive::{ArchivedStyle, locales};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the folder"));
    let mut table = String::from("pub(super) static STYLES: &[Packed] = &[\n");
    for (i, style) in ArchivedStyle::all().iter().enumerate() {
        let file = pack(&folder, &format!("style-{i}.cbor"), &style.get());
        writeln!(
            table,
            "Packed {{ names: &{:?}, title: {:?}, id: {:?}, cbor: include_bytes!({file:?}) }},",
            style.names(),
            style.display_name(),
            style.csl_id(),
        )
        .expect("a string grows");
    }
    table.push_str("];\npub(super) static LOCALES: &[(&str, &[u8])] = &[\n");
    for (i, locale) in locales().iter().enumerate() {
        if let Some(lang) = &locale.lang {
            let file = pack(&folder, &format!("locale-{i}.cbor"), locale);
            writeln!(table, "({:?}, include_bytes!({file:?})),", lang.0).expect("a string grows");
        }
    }
    table.push_str("];\n");
    fs::write(folder.join("archive.rs"), table).expect("the folder can be written");
}

/// Writes one part; returns its path.
fn pack(folder: &Path, name: &str, part: &impl serde::Serialize) -> PathBuf {
    let path = folder.join(name);
    let mut bytes = Vec::new();
    ciborium::into_writer(part, &mut bytes).expect("the archive came from this encoding");
    fs::write(&path, bytes).expect("the folder can be written");
    path
}
