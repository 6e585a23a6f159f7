//! Any text is a style that renders, or an error.
#![no_main]

use citetrail::csl::{Citation, Style, Target, render};
use citetrail::work::{Date, DateField, Field, Name, NameList, Role, Work};

libfuzzer_sys::fuzz_target!(|xml: &str| {
    if let Ok(style) = Style::from_xml(xml, |_| None) {
        let mut work = Work::default();
        work.contributors.insert(Role::Author, NameList { names: vec![Name::person("Doe", "Jane")], incomplete: false });
        work.dates.insert(DateField::Issued, Date::from_year(2001));
        work.set(Field::Title, "A <i>title</i> & more");
        let works = vec![work.clone(), work];
        for output in render(&style, None, &works, &[Citation::of(0), Citation::of(1)]).bibliography {
            output.output.write(Target::Html);
        }
    }
});
