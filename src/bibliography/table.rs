//! Tables with named columns: CSV (RFC 4180) and TSV. Columns are known under the names of CSL, of biblatex, and of the
//! exports of Scopus; others are kept under their own.

mod columns;
mod read;
mod write;

use super::Spec;

pub(super) static CSV_SPEC: Spec = Spec {
    name: "csv",
    aliases: &["scopus"],
    extensions: &["csv"],
    sniff: |head| read::is_table(head, ',') || read::is_table(head, ';'),
    read: |source| read::read(source, &CSV_SPEC),
    write: Some(|works| write::write(works, ',')),
};

pub(super) static TSV_SPEC: Spec = Spec {
    name: "tsv",
    aliases: &["tab"],
    extensions: &["tsv", "tab"],
    sniff: |head| read::is_table(head, '\t'),
    read: |source| read::read(source, &TSV_SPEC),
    write: Some(|works| write::write(works, '\t')),
};

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read, write};
    use crate::work::{DateField, Field, Role};

    #[test]
    fn rows_come_back() {
        let csv = "key,type,Author,Title,Date,journal,volume,pages,My own\n\
            a,article-journal,\"Holm, Ada; Berg, Bo\",\"Tides, \"\"high\"\"\nand low\",2004-05,Journal of Ferries,12,34–56,'=1+1\n";
        let library = read(csv.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.get(Field::Title), Some("Tides, \"high\"\nand low"));
        assert_eq!(work.names(Role::Author).len(), 2);
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05");
        assert_eq!(work.custom["My own"], "=1+1");
        for format in ["csv", "tsv"] {
            let written = write(&library.works, Format::from_name(format).unwrap());
            assert_eq!(read(written.as_bytes(), None).unwrap(), library, "{written}");
        }
    }

    #[test]
    fn an_export_of_scopus() {
        let csv = "\u{feff}\"Authors\",\"Author full names\",\"Title\",\"Year\",\"Source title\",\"Volume\",\"Issue\",\"Art. No.\",\"Page start\",\"Page end\",\"DOI\",\"Document Type\",\"EID\"\n\
            \"Holm A.; Berg B.\",\"Holm, Ada (123); Berg, Bo (456)\",\"Tides\",\"2004\",\"Journal of Ferries\",\"12\",\"3\",\"\",\"34\",\"56\",\"10.5555/a\",\"Article\",\"2-s2.0\"\n";
        let work = &read(csv.as_bytes(), None).unwrap().works[0];
        assert_eq!(work.names(Role::Author)[0], crate::work::Name::person("Holm", "Ada"));
        assert_eq!(
            (work.get(Field::Page), work.get(Field::ContainerTitle)),
            (Some("34–56"), Some("Journal of Ferries"))
        );
        assert_eq!(work.kind, crate::work::WorkKind::ArticleJournal);
    }

    #[test]
    fn rows_that_do_not_fit_are_said() {
        let library = read(b"key,title\na,A,b,c\n\"b,B\n", Format::from_name("csv")).unwrap();
        assert_eq!(library.works.len(), 2);
        let said: Vec<String> = library.problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "2:1: the row has 4 cells but there are 2 columns, the others were not read: put cells with commas in quotes",
                "3:1: a quote of this row is not closed: double it where it is meant",
            ]
        );
    }
}
