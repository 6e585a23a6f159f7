//! Commands that stand for a character and are seldom seen outside of formulas, and those of Cyrillic letters. Sources: “The
//! Comprehensive LaTeX Symbol List”, and the encodings T2A and LCY of LaTeX.

/// The text a command without argument stands for.
pub(super) fn symbol(command: &str) -> Option<&'static str> {
    let named = SYMBOLS.iter().find(|(name, _)| *name == command).map(|(_, text)| *text);
    named.or_else(|| cyrillic(command))
}

/// `\cyrzh` is a small letter and `\CYRZH` its capital.
fn cyrillic(command: &str) -> Option<&'static str> {
    if let Some(name) = command.strip_prefix("cyr") {
        return CYRILLIC.iter().find(|(known, ..)| *known == name).map(|(_, small, _)| *small);
    }
    let name = command.strip_prefix("CYR")?;
    let is_it = |known: &str| known.eq_ignore_ascii_case(name) && name.bytes().all(|b| b.is_ascii_uppercase());
    CYRILLIC.iter().find(|(known, ..)| is_it(known)).map(|(.., capital)| *capital)
}

const SYMBOLS: &[(&str, &str)] = &[
    ("textcent", "¢"),
    ("textcurrency", "¤"),
    ("textbrokenbar", "¦"),
    ("textasciidieresis", "¨"),
    ("textasciimacron", "¯"),
    ("textasciiacute", "´"),
    ("textlnot", "¬"),
    ("lnot", "¬"),
    ("neg", "¬"),
    ("textonesuperior", "¹"),
    ("texttwosuperior", "²"),
    ("textthreesuperior", "³"),
    ("textonequarter", "¼"),
    ("textonehalf", "½"),
    ("textthreequarters", "¾"),
    ("textflorin", "ƒ"),
    ("textschwa", "ə"),
    ("textnumero", "№"),
    ("textperthousand", "‰"),
    ("textreferencemark", "※"),
    ("IJ", "Ĳ"),
    ("ij", "ĳ"),
    ("Upsilon", "Υ"),
    ("varpi", "ϖ"),
    ("varkappa", "ϰ"),
    ("aleph", "ℵ"),
    ("wp", "℘"),
    ("Re", "ℜ"),
    ("Im", "ℑ"),
    ("forall", "∀"),
    ("exists", "∃"),
    ("nexists", "∄"),
    ("emptyset", "∅"),
    ("varnothing", "∅"),
    ("nabla", "∇"),
    ("notin", "∉"),
    ("ni", "∋"),
    ("mp", "∓"),
    ("setminus", "∖"),
    ("propto", "∝"),
    ("angle", "∠"),
    ("parallel", "∥"),
    ("perp", "⊥"),
    ("wedge", "∧"),
    ("vee", "∨"),
    ("therefore", "∴"),
    ("because", "∵"),
    ("simeq", "≃"),
    ("cong", "≅"),
    ("asymp", "≍"),
    ("doteq", "≐"),
    ("ll", "≪"),
    ("gg", "≫"),
    ("leqslant", "⩽"),
    ("geqslant", "⩾"),
    ("lesssim", "≲"),
    ("gtrsim", "≳"),
    ("prec", "≺"),
    ("succ", "≻"),
    ("preceq", "⪯"),
    ("succeq", "⪰"),
    ("supset", "⊃"),
    ("subseteq", "⊆"),
    ("supseteq", "⊇"),
    ("nsubseteq", "⊈"),
    ("subsetneq", "⊊"),
    ("supsetneq", "⊋"),
    ("uplus", "⊎"),
    ("sqcup", "⊔"),
    ("sqcap", "⊓"),
    ("oplus", "⊕"),
    ("ominus", "⊖"),
    ("otimes", "⊗"),
    ("oslash", "⊘"),
    ("odot", "⊙"),
    ("vdash", "⊢"),
    ("dashv", "⊣"),
    ("models", "⊨"),
    ("top", "⊤"),
    ("bot", "⊥"),
    ("diamond", "⋄"),
    ("bowtie", "⋈"),
    ("ltimes", "⋉"),
    ("rtimes", "⋊"),
    ("cdots", "⋯"),
    ("vdots", "⋮"),
    ("ddots", "⋱"),
    ("lceil", "⌈"),
    ("rceil", "⌉"),
    ("lfloor", "⌊"),
    ("rfloor", "⌋"),
    ("Box", "□"),
    ("square", "□"),
    ("blacksquare", "■"),
    ("triangle", "△"),
    ("triangleq", "≜"),
    ("bigcirc", "○"),
    ("uparrow", "↑"),
    ("downarrow", "↓"),
    ("updownarrow", "↕"),
    ("nearrow", "↗"),
    ("searrow", "↘"),
    ("mapsto", "↦"),
    ("hookrightarrow", "↪"),
    ("hookleftarrow", "↩"),
    ("twoheadrightarrow", "↠"),
    ("rightleftharpoons", "⇌"),
    ("rightsquigarrow", "⇝"),
    ("Leftarrow", "⇐"),
    ("Leftrightarrow", "⇔"),
    ("iff", "⇔"),
    ("implies", "⇒"),
    ("longrightarrow", "⟶"),
    ("longleftarrow", "⟵"),
    ("longleftrightarrow", "⟷"),
    ("Longrightarrow", "⟹"),
    ("flat", "♭"),
    ("natural", "♮"),
    ("sharp", "♯"),
    ("amalg", "⨿"),
];

/// Name without its beginning, small letter, capital.
const CYRILLIC: &[(&str, &str, &str)] = &[
    ("a", "а", "А"),
    ("b", "б", "Б"),
    ("v", "в", "В"),
    ("g", "г", "Г"),
    ("d", "д", "Д"),
    ("e", "е", "Е"),
    ("yo", "ё", "Ё"),
    ("zh", "ж", "Ж"),
    ("z", "з", "З"),
    ("i", "и", "И"),
    ("ishrt", "й", "Й"),
    ("k", "к", "К"),
    ("l", "л", "Л"),
    ("m", "м", "М"),
    ("n", "н", "Н"),
    ("o", "о", "О"),
    ("p", "п", "П"),
    ("r", "р", "Р"),
    ("s", "с", "С"),
    ("t", "т", "Т"),
    ("u", "у", "У"),
    ("f", "ф", "Ф"),
    ("h", "х", "Х"),
    ("c", "ц", "Ц"),
    ("ch", "ч", "Ч"),
    ("sh", "ш", "Ш"),
    ("shch", "щ", "Щ"),
    ("hrdsn", "ъ", "Ъ"),
    ("ery", "ы", "Ы"),
    ("sftsn", "ь", "Ь"),
    ("erev", "э", "Э"),
    ("yu", "ю", "Ю"),
    ("ya", "я", "Я"),
    ("dje", "ђ", "Ђ"),
    ("ie", "є", "Є"),
    ("dze", "ѕ", "Ѕ"),
    ("ii", "і", "І"),
    ("yi", "ї", "Ї"),
    ("je", "ј", "Ј"),
    ("lje", "љ", "Љ"),
    ("nje", "њ", "Њ"),
    ("tshe", "ћ", "Ћ"),
    ("ushrt", "ў", "Ў"),
    ("dzhe", "џ", "Џ"),
    ("yat", "ѣ", "Ѣ"),
    ("gup", "ґ", "Ґ"),
];

#[cfg(test)]
mod tests {
    use super::super::{Capitals, decode, encode};
    use super::*;

    #[test]
    fn commands() {
        let read = |latex: &str| decode(latex, Capitals::Free).into_owned();
        assert_eq!(read(r"{\CYRCH}{\cyre}{\cyrh}{\cyro}{\cyrv}"), "Чехов");
        assert_eq!(read(r"{\textonehalf} and $A \oplus B$"), "½ and A ⊕ B");
        assert_eq!(symbol("CYRzh"), None);
    }

    /// Every character of the tables comes back from what is written for it, and from its command.
    #[test]
    fn the_tables_come_back() {
        let letters = CYRILLIC.iter().flat_map(|(_, small, capital)| [*small, *capital]);
        for text in SYMBOLS.iter().map(|(_, text)| *text).chain(letters) {
            assert_eq!(decode(&encode(text, Capitals::Free), Capitals::Free), text);
        }
        for (command, text) in SYMBOLS {
            assert_eq!(decode(&format!("a {{\\{command}}} b"), Capitals::Free), format!("a {text} b"), "{command}");
        }
    }
}
