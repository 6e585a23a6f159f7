//! ISO 2709: records with a directory of their fields, in bytes.

use std::collections::HashSet;

use super::marc8::{self, Decoded};
use super::{Field, Record, without_marks, work};
use crate::bibliography::{Library, Problem, ReadError, Source, Spec};
use crate::text::collapse_spaces;

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "marc",
    aliases: &["marc21", "iso2709", "mrc"],
    extensions: &["mrc", "marc", "mrk21"],
    sniff: |head| {
        let leader = head.trim_start().as_bytes();
        leader.len() > LEADER
            && leader[..5].iter().all(u8::is_ascii_digit)
            && leader[5..10].iter().all(|b| b.is_ascii_graphic() || *b == b' ')
            && leader[12..17].iter().all(|b| b.is_ascii_digit() || *b == b' ')
            && head.contains(char::from(END_OF_FIELD))
    },
    read,
    write: None,
};

const LEADER: usize = 24;
/// Bytes of the directory for each field: its tag, its length and where it begins.
const ENTRY: usize = 12;
const END_OF_RECORD: u8 = 0x1D;
const END_OF_FIELD: u8 = 0x1E;
const SUBFIELD: u8 = 0x1F;

/// A record cannot say that it is longer, since it has five digits for its length.
const LONGEST: usize = 99_999;
/// Records that were transcoded afterwards may be longer than they say.
const LONGEST_TRANSCODED: usize = 4 * LONGEST;

fn read(source: &Source) -> Result<Library, ReadError> {
    let bytes = source.bytes().strip_prefix(b"\xef\xbb\xbf").unwrap_or(source.bytes());
    let mut library = Library::default();
    let mut foreign_sets = 0_usize;
    let mut line = 1;
    for (i, piece) in bytes.split(|b| *b == END_OF_RECORD).enumerate() {
        let record = piece.trim_ascii_start();
        line += piece[..piece.len() - record.len()].iter().filter(|b| **b == b'\n').count();
        let mut say = |message: String| library.problems.push(Problem { message, line, column: 1, key: None });
        match record_of(record) {
            _ if record.iter().all(u8::is_ascii_whitespace) => {}
            Ok((record, unread)) => {
                if unread && foreign_sets == 0 {
                    say(format!(
                        "record {} and perhaps others have letters of a script that is not read from MARC-8: they stand as “\u{fffd}”; export it as UTF-8",
                        i + 1
                    ));
                }
                foreign_sets += usize::from(unread);
                library.works.push(work::work(&record));
            }
            Err(reason) => say(format!("record {} was left out: {reason}; export it again", i + 1)),
        }
        line += record.iter().filter(|b| **b == b'\n').count();
    }
    if library.works.is_empty() {
        let reason = library.problems.first().map_or_else(|| "it holds no record".to_owned(), |p| p.message.clone());
        return Err(ReadError::NotOfFormat { format: SPEC.name, line: 1, column: 1, reason });
    }
    Ok(library)
}

/// One record, and whether letters in it could not be read.
fn record_of(bytes: &[u8]) -> Result<(Record, bool), &'static str> {
    if bytes.len() > LONGEST_TRANSCODED {
        return Err("it is longer than a record can be");
    }
    let directory_end = bytes.iter().position(|b| *b == END_OF_FIELD).ok_or("its directory does not end")?;
    let directory = bytes.get(LEADER..directory_end).ok_or("its leader is cut off")?;
    let data = &bytes[directory_end + 1..];
    let entries: Vec<&[u8]> = directory.chunks_exact(ENTRY).collect();
    if directory.len() % ENTRY != 0 || entries.is_empty() {
        return Err("its directory is damaged");
    }
    let is_utf8 = bytes[9] == b'a' || !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
    let mut record = Record { leader: String::from_utf8_lossy(&bytes[..LEADER]).into_owned(), ..Record::default() };
    let mut unread = false;
    let mut decode = |bytes: &[u8]| {
        let decoded = if is_utf8 {
            Decoded { text: String::from_utf8_lossy(bytes).into_owned(), complete: true }
        } else {
            marc8::decode(bytes)
        };
        unread |= !decoded.complete;
        decoded.text
    };
    for (tag, value) in
        placed(&entries, data).or_else(|| in_order(&entries, data)).ok_or("its directory does not fit its fields")?
    {
        let tag = String::from_utf8_lossy(tag).into_owned();
        if tag.starts_with("00") {
            record.control.push((tag, decode(value)));
            continue;
        }
        let mut parts = value.split(|b| *b == SUBFIELD);
        let indicators = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
        let indicator = |i| Record::code(&indicators, i);
        let subfields = parts.filter_map(|part| {
            let (code, value) = part.split_first()?;
            Some((char::from(*code), without_marks(&collapse_spaces(&decode(value)))))
        });
        record.fields.push(Field { indicators: [indicator(0), indicator(1)], subfields: subfields.collect(), tag });
    }
    Ok((record, unread))
}

/// The fields where the directory says that they are, if each ends there.
fn placed<'b>(entries: &[&'b [u8]], data: &'b [u8]) -> Option<Vec<(&'b [u8], &'b [u8])>> {
    let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse::<usize>().ok();
    let mut begins = HashSet::new();
    let field = |entry: &&'b [u8]| {
        let (length, start) = (number(&entry[3..7])?, number(&entry[7..])?);
        let value = data.get(start..start.checked_add(length)?)?.strip_suffix(&[END_OF_FIELD])?;
        // A directory that names one field often would make a record of any size.
        (begins.insert(start) && !value.contains(&END_OF_FIELD)).then_some((&entry[..3], value))
    };
    entries.iter().map(field).collect()
}

/// The fields in their order: where bytes became others after the record was written, the directory does not count them.
fn in_order<'b>(entries: &[&'b [u8]], data: &'b [u8]) -> Option<Vec<(&'b [u8], &'b [u8])>> {
    // The end of the last field is missing where the record was cut.
    let data = data.trim_ascii_end().strip_suffix(&[END_OF_FIELD])?;
    let values: Vec<&[u8]> = data.split(|b| *b == END_OF_FIELD).collect();
    let mut order: Vec<&&[u8]> = entries.iter().collect();
    order.sort_by_key(|entry| &entry[7..]);
    (values.len() == entries.len()).then(|| order.iter().map(|entry| &entry[..3]).zip(values).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::{Format, read as read_any};
    use crate::work::{Field as Variable, Name, Role};

    /// A record of fields; `$` begins a subfield.
    fn marc(encoding: u8, fields: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut directory, mut data) = (Vec::new(), Vec::new());
        for (tag, value) in fields {
            let value: Vec<u8> =
                value.iter().map(|b| if *b == b'$' { SUBFIELD } else { *b }).chain([END_OF_FIELD]).collect();
            directory.extend(format!("{tag}{:04}{:05}", value.len(), data.len()).into_bytes());
            data.extend(value);
        }
        let base = LEADER + directory.len() + 1;
        let mut out = format!("{:05}nam  22{base:05} a 4500", base + data.len() + 1).into_bytes();
        out[9] = encoding;
        out.extend(directory);
        out.push(END_OF_FIELD);
        out.extend(data);
        out.push(END_OF_RECORD);
        out
    }

    const TITLE: (&str, &[u8]) = ("245", b"10$aTides :$ba study /$cAda Holm.");

    #[test]
    fn records_in_both_encodings() {
        let mut file = marc(b'a', &[TITLE, ("100", "1 $aH\u{f6}lm, Ada,$eauthor.".as_bytes())]);
        file.extend(marc(b' ', &[("245", b"00$aAnn\xe2ee des \xe8iles"), ("260", b"  $aBern :$bPress,$c1999.")]));
        let library = read_any(&file, None).unwrap();
        assert_eq!((library.works.len(), &library.problems[..]), (2, &[][..]));
        assert_eq!(library.works[0].get(Variable::Title), Some("Tides: a study"));
        assert_eq!(library.works[0].names(Role::Author), [Name::person("H\u{f6}lm", "Ada")]);
        assert_eq!(library.works[1].get(Variable::Title), Some("Ann\u{e9}e des \u{ef}les"));
        assert_eq!(library.works[1].year(), Some(1999));
    }

    #[test]
    fn a_damaged_record_costs_itself() {
        let good = marc(b'a', &[TITLE]);
        let mut file = good.clone();
        file.extend(&good[..40]);
        file.push(END_OF_RECORD);
        file.extend(&good);
        let library = read_any(&file, Format::from_name("marc")).unwrap();
        assert_eq!(library.works.len(), 2);
        assert_eq!(
            library.problems[0].message,
            "record 2 was left out: its directory does not fit its fields; export it again"
        );
    }

    #[test]
    fn lengths_that_do_not_fit_are_not_needed() {
        let mut file = marc(b'a', &[TITLE, ("260", "  $aZ\u{fc}rich :$bPress".as_bytes())]);
        // As if “ue” had become one letter afterwards: every length is wrong.
        let directory = file.windows(3).position(|w| w == b"260").unwrap();
        file[directory + 6] += 1;
        let library = read_any(&file, None).unwrap();
        assert_eq!(library.works[0].get(Variable::PublisherPlace), Some("Z\u{fc}rich"));
    }

    #[test]
    fn a_script_that_is_not_read_is_said() {
        let library = read_any(&marc(b' ', &[("245", b"00$aTides \x1b(NABC\x1b(B and more")]), None).unwrap();
        assert_eq!(library.works[0].get(Variable::Title), Some("Tides \u{fffd} and more"));
        assert!(library.problems[0].message.contains("export it as UTF-8"));
    }
}
