//! Citation keys made by a pattern: `auth.lower + year`, as in the formulas of Better BibTeX.
//!
//! A pattern is a row of parts joined by `+`; alternatives are separated by `|`, of which the first that is not empty
//! counts; brackets group. A part is a text in quotation marks or a function, and filters follow it after full stops.
//!
//! | function | what it gives |
//! | --- | --- |
//! | `auth(n,m)` | the first n letters (all) of the family name of the m-th (first) author; editors where there are no authors |
//! | `authors(n)` | family names of the first n (all) authors, and "EtAl" for more |
//! | `authEtAl` | the family names of one or two authors; the first and "EtAl" of more |
//! | `authorsAlpha` | as the style alpha: three letters of one name, first letters of up to four, three and "+" of more |
//! | `authIni(n)` | the first n (one) letters of every family name |
//! | `title` | the title |
//! | `shorttitle(n,m)` | the first n (three) words of the title that are not small ones, the first m (none) capitalised |
//! | `veryshorttitle(n,m)` | the same, of one word |
//! | `year`, `shortyear`, `month`, `day` | the date of publication; two digits of the year |
//! | `journal`, `shortjournal` | the title of the container; its recorded abbreviation |
//! | `volume`, `issue`, `firstpage`, `lastpage`, `edition`, `publisher`, `doi` | as recorded |
//! | `type` | the kind of work, in CSL's words |
//! | `keyword(n)` | the n-th (first) keyword |
//! | `key` | the key the entry has |
//! | `field("name")` | any field, under its CSL name or the entry's own |
//!
//! | filter | what it does |
//! | --- | --- |
//! | `.lower`, `.upper`, `.capitalize` | case; capitalize makes the first letter of each word a capital |
//! | `.clean` | Latin letters without accents, other signs than letters and digits taken out |
//! | `.condense("-")` | blanks replaced, or taken out without an argument |
//! | `.nopunct`, `.nopunctordash` | punctuation taken out, but for hyphens or with them |
//! | `.skipwords` | small words (a, of, the, und, …) taken out |
//! | `.select(start,n)` | n words (all) from the start-th on, which counts from 1 |
//! | `.substring(start,n)` | n letters (all) from the start-th on |
//! | `.abbr` | the first letter of each word |
//! | `.prefix("x")`, `.postfix("x")` | a text before or after, if there is anything |
//! | `.replace("x","y")` | one text for another |

mod eval;
mod filters;
mod parse;
mod plan;

pub use parse::{Pattern, PatternError};
pub use plan::{Candidate, plan};

/// What keys are made by when nothing else is asked for.
pub const DEFAULT: &str = "(auth.lower | shorttitle(1).lower | \"anon\") + (year | \"nd\")";

/// The tables of this module's documentation, for people who write patterns.
pub const HELP: &str = "\
functions
  auth(n,m)            first n letters (all) of the family name of the m-th (first)
                       author; editors where there are no authors
  authors(n)           family names of the first n (all) authors, and EtAl for more
  authEtAl             family names of one or two authors; the first and EtAl of more
  authorsAlpha         as the style alpha: Hol, HB, HBC+
  authIni(n)           the first n (one) letters of every family name
  title                the title
  shorttitle(n,m)      first n (three) words of the title that are no small ones,
                       the first m (none) of them capitalised
  veryshorttitle(n,m)  the same, of one word
  year shortyear month day
  journal shortjournal volume issue firstpage lastpage edition publisher doi
  type                 the kind of work (article-journal)
  keyword(n)           the n-th (first) keyword
  key                  the key the entry has
  field(\"name\")        any field
filters
  .lower .upper .capitalize
  .clean               Latin letters without accents; only letters and digits
  .condense(\"-\")       blanks replaced, or taken out
  .nopunct             punctuation but for hyphens taken out; .nopunctordash those too
  .skipwords           small words (a, of, the, und) taken out
  .select(start,n)     n words (all) from the start-th on
  .substring(start,n)  n letters (all) from the start-th on
  .abbr                the first letter of each word
  .prefix(\"x\") .postfix(\"x\")  a text before or after, if there is anything
  .replace(\"x\",\"y\")
joined by +; alternatives by |, the first that is not empty counts; ( ) group; \"text\"
What no key can hold is taken out at the end, and letters with accents lose them.";
