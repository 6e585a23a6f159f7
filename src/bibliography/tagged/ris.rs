//! RIS: what reference managers and publishers' sites exchange. Sources: the specification of Research Information
//! Systems (2011), and how EndNote, Zotero and Scopus use the tags it left open.

mod kinds;
mod read;
mod write;

use crate::bibliography::Spec;

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "ris",
    aliases: &["refman"],
    extensions: &["ris"],
    sniff: |head| head.lines().take(200).any(|line| read::tag_of(line).is_some_and(|(tag, _)| tag == "TY")),
    read: read::read,
    write: Some(write::write),
};

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read, write};
    use crate::work::{DateField, Field, Role};

    #[test]
    fn a_record_comes_back() {
        let text = "TY  - JOUR\nID  - holm2004\nAU  - Holm, Ada\nAU  - van Berg, B., Jr.\nED  - Ferry Board\n\
            TI  - Tides at home\nT2  - Journal of Ferries\nJ2  - J Ferr\nPY  - 2004\nDA  - 2004/05/03/\nVL  - 12\nIS  - 3\n\
            SP  - 34\nEP  - 56\nSN  - 1234-5679\nDO  - 10.5555/a\nUR  - https://example.org/a\nN1  - Read it\nKW  - tides\n\
            KW  - ferries\nZZ  - odd\nER  - \n";
        let library = read(text.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(library.problems, []);
        assert_eq!(work.get(Field::Page), Some("34–56"));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05-03");
        assert_eq!(work.names(Role::Author).len(), 2);
        assert_eq!(work.custom["ZZ"], "odd");
        assert_eq!(read(write(&library.works, Format::from_name("ris").unwrap()).as_bytes(), None).unwrap(), library);
    }

    #[test]
    fn what_is_no_record_is_said() {
        let text = "hello\nTY  - BOOK\nTI  - A\nTY  - BOOK\nTI  - B\nER  -\nAU  - X, Y\n";
        let library = read(text.as_bytes(), Format::from_name("ris")).unwrap();
        let said: Vec<String> = library.problems.iter().map(ToString::to_string).collect();
        assert_eq!(library.works.len(), 2);
        assert_eq!(
            said,
            [
                "1:1: this stands before the first tag and was not read",
                "2:1: the record is not closed: put “ER  - ” after its last line",
                "7:1: this stands outside of a record and was not read: a record begins with “TY  - ”",
            ]
        );
    }
}
