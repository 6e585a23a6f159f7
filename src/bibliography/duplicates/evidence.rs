//! What speaks for two records being one publication, in words.

use std::fmt;

/// How a part of two records compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    Same,
    /// Not the same, but what databases make of the same: a neighbouring year.
    Close,
    /// One of the records does not say.
    Unknown,
    Different,
}

/// What two records have in common, and where they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// How alike the titles are, in hundredths.
    pub title: u8,
    pub doi: Agreement,
    pub pmid: Agreement,
    /// The first authors.
    pub author: Agreement,
    pub year: Agreement,
    pub container: Agreement,
    pub volume: Agreement,
    /// The first pages.
    pub page: Agreement,
}

impl Evidence {
    /// The parts besides the title, under their names.
    pub fn parts(&self) -> [(&'static str, Agreement); 7] {
        [
            ("DOI", self.doi),
            ("PMID", self.pmid),
            ("first author", self.author),
            ("year", self.year),
            ("container", self.container),
            ("volume", self.volume),
            ("first page", self.page),
        ]
    }
}

impl Evidence {
    /// Whether nobody needs to look: an identifier agrees, or title, author, year and page do, and nothing differs. (One
    /// author may have several editorials in a volume, but not on one page.)
    pub fn is_certain(&self) -> bool {
        use Agreement::{Different, Same};
        let differs = |a: Agreement| a == Different;
        let identified = self.doi == Same || self.pmid == Same;
        if identified {
            return self.title >= 95 && !differs(self.author) && !differs(self.year) && !differs(self.pmid);
        }
        let all = self.parts();
        self.title == 100
            && self.author == Same
            && self.year == Same
            && self.page == Same
            && !all.iter().any(|(_, agreement)| differs(*agreement))
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.title {
            100 => f.write_str("same title")?,
            percent => write!(f, "titles {percent}% alike")?,
        }
        for (state, word) in
            [(Agreement::Same, "same"), (Agreement::Close, "close"), (Agreement::Different, "but another")]
        {
            let names: Vec<&str> = self.parts().iter().filter(|(_, a)| *a == state).map(|(name, _)| *name).collect();
            if !names.is_empty() {
                write!(f, "; {word} {}", names.join(", "))?;
            }
        }
        Ok(())
    }
}
